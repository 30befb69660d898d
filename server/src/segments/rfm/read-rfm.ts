import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { type Money, minorDigits } from "../../platform/money.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { askHistory } from "../ask-history.ts";
import type { Grammar } from "../contracts.ts";
import { SUM_SCALE } from "../predicates/values.ts";
import { type Boundaries, WINDOW_DAYS } from "./boundaries.ts";
import { RFM_GROUP_NAMES, RFM_GROUPS } from "./groups.ts";
import { nextRecompute } from "./nightly.ts";
import { FEWEST_PEOPLE } from "./queries/boundaries.ch.ts";
import { type CellRow, countUnscored, readCells } from "./queries/cells.ch.ts";
import { listVersions, newestVersion, type VersionRow } from "./queries/versions.pg.ts";
import type { RfmView } from "./shapes.ts";

export interface RfmDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly grammar: Grammar;
}

/** Everybody's place in the grid at this moment, and the boundaries that say so. */
export async function readRfm(deps: RfmDeps): Promise<RfmView> {
  const now = deps.clock.now().epochMilliseconds;
  const version = await newestVersion(deps.db);
  const [cells, unscored, next] = await Promise.all([
    version ? askHistory(() => readCells(deps.history, version.boundaries, now)) : [],
    askHistory(() => countUnscored(deps.history, now)),
    nextRecompute(deps),
  ]);
  const seen = cells.map((row) => ({
    recency: row.recency,
    frequency: row.frequency,
    people: row.people,
    revenue: version ? revenueOf(row, version.boundaries) : [],
  })) as RfmView["cells"];
  return {
    version: version ? toVersion(version) : null,
    next_at: next.toString(),
    window_days: WINDOW_DAYS,
    fewest_people: FEWEST_PEOPLE,
    cells: seen,
    unscored,
    groups: RFM_GROUP_NAMES.map((name) => ({ name, ...placeOf(name), people: peopleIn(name, seen) })),
  };
}

export async function readVersions(db: Db, query: PageQuery): Promise<Page<ReturnType<typeof toVersion>>> {
  const [before = null] = decodeCursor(query.after, 1) ?? [];
  const found = await listVersions(db, typeof before === "number" ? Math.trunc(before) : null, query.limit + 1);
  return toPage(found.map(toVersion), query.limit, (version) => [version.id]);
}

function toVersion({ id, computed_at, people, boundaries }: VersionRow) {
  const { recency, frequency, monetary } = boundaries;
  return {
    id,
    computed_at,
    people,
    recency: [...recency],
    frequency: [...frequency],
    monetary: monetary.map(({ currency, amounts }) => ({ currency, amounts: [...amounts] })),
  };
}

/** The standard's default where an order names no currency. */
const DEFAULT_CURRENCY = "USD";

function revenueOf(row: CellRow, { monetary }: Boundaries): Money[] {
  return monetary.flatMap(({ currency: named }, index) => {
    const spent = row.spent[index] ?? 0;
    const currency = (named ?? DEFAULT_CURRENCY).toUpperCase();
    return spent === 0 ? [] : [{ currency, amount: Math.round((spent / SUM_SCALE) * 10 ** minorDigits(currency)) }];
  });
}

function placeOf(name: keyof typeof RFM_GROUPS) {
  const { recency, frequency } = RFM_GROUPS[name];
  return { recency: [...recency], frequency: [...frequency] };
}

function peopleIn(name: keyof typeof RFM_GROUPS, cells: RfmView["cells"]): number {
  const { recency, frequency } = placeOf(name);
  const inside = cells.filter(
    (cell) => recency.some((r) => r === cell.recency) && frequency.some((f) => f === cell.frequency),
  );
  return inside.reduce((sum, cell) => sum + cell.people, 0);
}
