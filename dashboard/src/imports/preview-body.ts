import type { PreviewBody } from "../../../server/src/imports/contracts.ts";
import type { Draft } from "./draft.ts";

/** What is asked of the preview; a field whose own name is not written yet is left out. */
export function bodyOf(file: string, { kind, columns, options }: Partial<Draft>, rows: number): PreviewBody {
  const usable = columns?.filter(({ field }) => !field.endsWith(":")) ?? [];
  return {
    file,
    rows,
    ...(kind ? { kind } : {}),
    ...(usable.length > 0 ? { columns: usable } : {}),
    ...(options ? { options } : {}),
  };
}
