import type { Outcomes } from "./queries.ts";

export const COUNTED = [
  "sent",
  "delivered",
  "opened",
  "clicked",
  "converted",
  "unsubscribed",
  "bounced",
  "failed",
] as const satisfies readonly (keyof Outcomes)[];
export type Counted = (typeof COUNTED)[number];

/** By how much a number has changed, as a share of what it was; null where there was nothing to compare with. */
export function changeOf(now: number, former: number): number | null {
  return former === 0 ? null : (now - former) / former;
}

/** A share of what was sent; null where nothing was, and of what is sent itself. */
export function rateOf(outcomes: Outcomes, counted: Counted): number | null {
  return counted === "sent" || outcomes.sent === 0 ? null : outcomes[counted] / outcomes.sent;
}

/** More of these is worse. */
const BAD: ReadonlySet<string> = new Set(["unsubscribed", "bounced", "failed", "cost"]);

export function isBetter(counted: Counted | "revenue" | "cost", change: number): boolean {
  return BAD.has(counted) ? change < 0 : change > 0;
}
