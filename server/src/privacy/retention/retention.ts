import { refuse as refusePlatform } from "../../platform/errors.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { Retention } from "../contracts.ts";
import type { PrivacyDeps } from "../deps.ts";
import { type AgedCount, countAged } from "../queries/aged-events.ch.ts";
import { listRuns, loadRetention, type RetentionRun, saveRetention } from "../queries/retention.pg.ts";
import { cutsOf } from "./cuts.ts";

const EVERYTHING_STAYS: Retention = { days: null, keep_orders: true, exceptions: [] };

export async function readRetention({ db }: PrivacyDeps): Promise<Retention & { updated_at: string | null }> {
  return (await loadRetention(db)) ?? { ...EVERYTHING_STAYS, updated_at: null };
}

/** In force with the next day's run. */
export async function changeRetention(deps: PrivacyDeps, retention: Retention) {
  await saveRetention(deps.db, retention, deps.clock.now().toString());
  deps.bus.changed("retention", "all", ["setting"]);
  return readRetention(deps);
}

/** Also what came in lately counts: it goes some days later. */
const NOTHING_WAITS = -1;

/** How many events go under this setting. */
export async function previewRetention(deps: PrivacyDeps, retention: Retention): Promise<AgedCount> {
  const cuts = cutsOf(retention, deps.clock.now(), NOTHING_WAITS);
  const none = {
    before: "1970-01-01T00:00:00.000Z",
    settled: "1970-01-01T00:00:00.000Z",
    keepOrders: true,
    byName: [],
  };
  try {
    return await countAged(deps.history, cuts ?? none);
  } catch (cause) {
    deps.log.warn({ code: cause instanceof Error ? cause.name : "" }, "History could not count aged events");
    throw refusePlatform("unavailable", "History does not answer just now.");
  }
}

export async function readRuns(deps: PrivacyDeps, query: PageQuery): Promise<Page<RetentionRun>> {
  const after = decodeCursor(query.after, 1);
  const found = await listRuns(deps.db, after ? String(after[0]) : null, query.limit + 1);
  return toPage(found, query.limit, (run) => [run.id]);
}
