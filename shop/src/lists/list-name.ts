import type { TFunction } from "i18next";
import type { ListSummary } from "./api.ts";

/** A main list goes by its kind, in the reader's language. */
export function listName(t: TFunction<["lists", "translation"]>, { name, kind }: Pick<ListSummary, "name" | "kind">) {
  return name ?? t(`kind.${kind}`);
}
