import type { Movement, OwnReason } from "./contracts.ts";

/** Why the house itself moved stock, by code, as the ledger keeps it. */
export const REASON_TEXTS = {
  counted: "counted",
  in_time: "in the order in which it happened",
  not_arrived: "did not arrive",
  in_hand: "in hand though the books had none",
  found_damaged: "found damaged",
  not_found: "not found",
} as const satisfies Record<OwnReason, string>;

const BY_TEXT = new Map<string, OwnReason>(
  Object.entries(REASON_TEXTS).map(([code, text]) => [text, code as OwnReason]),
);
const NEVER_BY_HAND: ReadonlySet<string> = new Set(["recount", "found"]);

/** The code of our own words; null of what somebody typed, whatever it says: people give documents. */
export function reasonCode({
  kind,
  source_type,
  reason,
}: Pick<Movement, "kind" | "source_type" | "reason">): OwnReason | null {
  const isTyped = source_type === "document" && !NEVER_BY_HAND.has(kind);
  return reason === null || isTyped ? null : (BY_TEXT.get(reason) ?? null);
}
