import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { decodeCursor, type Page, toPage } from "../platform/pages.ts";
import type { EventPlan, PlanItem, PlanQuery } from "./contracts.ts";
import { readActivePlans, readPlanned, readVersions } from "./queries/plan.pg.ts";
import { seenEvents } from "./queries/seen-events.ch.ts";
import { countViolations, readViolations } from "./queries/violations.pg.ts";
import { STANDARD_NAMES } from "./standard.ts";

export interface PlanDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
}

const DAYS = 30;
const STANDARD = new Set(STANDARD_NAMES);

/** Every event name that is planned or was seen in the last thirty days, by name. */
export async function readPlanItems(deps: PlanDeps, query: PlanQuery): Promise<Page<PlanItem>> {
  const plans = new Map((await readActivePlans(deps.db)).map((plan) => [plan.name, plan.mode]));
  const since = sinceOf(deps.clock);
  const violations = await countViolations(deps.db, since);
  const seen = await seenEvents(deps.history, `${since}T00:00:00Z`).catch(() => null);
  const byName = new Map(seen?.map((event) => [event.name, event]));
  const after = decodeCursor(query.after, 1)?.[0];
  const part = query.q?.toLowerCase() ?? "";
  const names = [...new Set([...plans.keys(), ...byName.keys(), ...violations.keys()])]
    .filter((name) => name.toLowerCase().includes(part))
    .filter((name) => query.show === undefined || plans.has(name) === (query.show === "planned"))
    .filter((name) => after === undefined || name > String(after))
    .sort();
  const items = names.slice(0, query.limit + 1).map((name) => ({
    name,
    mode: plans.get(name) ?? null,
    is_standard: STANDARD.has(name),
    seen: seen === null ? null : (byName.get(name)?.n ?? 0),
    last_seen: byName.get(name)?.last_at ?? null,
    violations: violations.get(name) ?? 0,
  }));
  return toPage(items, query.limit, (item) => [item.name]);
}

/** One event's plan, its versions, and what was wrong with its events in the last thirty days. */
export async function readEventPlan(deps: PlanDeps, name: string): Promise<EventPlan> {
  const found = await readViolations(deps.db, name, sinceOf(deps.clock));
  return {
    name,
    plan: await readPlanned(deps.db, name),
    versions: await readVersions(deps.db, name),
    violations: found.map((row) => ({ ...row, days: [...row.days] })),
    is_standard: STANDARD.has(name),
  };
}

function sinceOf(clock: Clock): string {
  return clock
    .now()
    .subtract({ hours: 24 * (DAYS - 1) })
    .toString()
    .slice(0, 10);
}
