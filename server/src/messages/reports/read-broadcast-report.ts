import { readBroadcast } from "../broadcasts/read-broadcasts.ts";
import type { MessagesDeps } from "../deps.ts";
import type { BroadcastReport } from "./contracts.ts";
import {
  type RevenueRow,
  readHeldOut,
  readLinks,
  readRevenue,
  readSkipReasons,
  readVariantOutcomes,
} from "./queries/broadcast-report.pg.ts";

/** What came of a broadcast so far, variant by variant, beside those who got nothing. */
export async function readBroadcastReport(
  deps: Pick<MessagesDeps, "db" | "audiences">,
  id: string,
): Promise<BroadcastReport> {
  await readBroadcast(deps, id);
  const [variants, revenue, skipped, links, heldOut] = await Promise.all([
    readVariantOutcomes(deps.db, id),
    readRevenue(deps.db, id),
    readSkipReasons(deps.db, id),
    readLinks(deps.db, id),
    readHeldOut(deps.db, id),
  ]);
  return {
    variants: variants.map((row) => ({ ...row, revenue: moneyOf(revenue, row.variant) })),
    skipped,
    links,
    held_out: { ...heldOut, revenue: moneyOf(revenue, null) },
  };
}

function moneyOf(revenue: readonly RevenueRow[], variant: string | null) {
  return revenue
    .filter((row) => row.variant === variant)
    .map(({ amount, currency }) => ({ amount, currency }))
    .sort((a, b) => b.amount - a.amount);
}
