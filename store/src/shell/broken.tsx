import type { ErrorComponentProps } from "@tanstack/react-router";
import { Failure } from "./failure.tsx";

/** What is shown in place of a page that fell over. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />;
}
