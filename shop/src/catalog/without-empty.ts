import type { ListFilter } from "./queries.ts";

type Present = { readonly [K in keyof ListFilter]?: string };

/** What goes into the address: only what was chosen. */
export function withoutEmpty(filter: ListFilter): Present {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
}
