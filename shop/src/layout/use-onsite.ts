import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSignedIn } from "../account/use-shopper.ts";
import { useKilim } from "../kilim.tsx";
import { readChoice } from "./consent.ts";

/** Messages for this visitor, looked for on every page; the question of consent comes first. */
export function useOnsite(): void {
  const kilim = useKilim();
  const isSignedIn = useSignedIn();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, and whoever has signed in, may have others waiting
  useEffect(() => {
    if (readChoice() === null) return;
    kilim.onsite.show().catch((error: unknown) => console.warn("messages could not be shown", error));
  }, [kilim, pathname, isSignedIn]);
}
