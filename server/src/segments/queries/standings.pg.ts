import { list, rows, send, sql, type Tx } from "../../platform/db.ts";

/** Where one person stands with one rule. */
export interface Standing {
  readonly profileId: string;
  readonly ruleId: string;
  /** Null when not a member. RFC 3339. */
  readonly enteredAt: string | null;
  readonly dueAt: string | null;
  /** Whether the horizon comes from historical events only. */
  readonly historical: boolean;
  /** At `dueAt` this pair cannot be decided before entries have been read from History. */
  readonly waits: boolean;
}

interface StandingRow {
  /** The pair's place among those asked for, from 1. */
  readonly n: number;
  readonly entered_at: string | null;
  readonly due_at: string | null;
  readonly historical: boolean | null;
  readonly waits: boolean | null;
}

/** One standing for each pair, in the order asked. Primary keys of both tables. */
export async function loadStandings(
  tx: Tx,
  profileIds: readonly string[],
  ruleIds: readonly string[],
): Promise<Standing[]> {
  const found = await rows(
    tx,
    sql<StandingRow>`
      select asked.n::int4 as n, memberships.entered_at, horizons.due_at, horizons.historical, horizons.waits
      from unnest(${list("uuid", profileIds)}, ${list("uuid", ruleIds)}) with ordinality as asked (profile_id, rule_id, n)
      left join segments.memberships using (profile_id, rule_id)
      left join segments.horizons using (profile_id, rule_id)
      where memberships.entered_at is not null or horizons.due_at is not null`,
  );
  const standings = profileIds.map((profileId, i): Standing => {
    return { profileId, ruleId: ruleIds[i] ?? "", enteredAt: null, dueAt: null, historical: false, waits: false };
  });
  for (const { n, entered_at, due_at, historical, waits } of found) {
    const standing = standings[n - 1] as Standing;
    standings[n - 1] = {
      ...standing,
      enteredAt: entered_at,
      dueAt: due_at,
      historical: historical ?? false,
      waits: waits ?? false,
    };
  }
  return standings;
}

interface Move {
  readonly before: Standing;
  readonly after: Standing;
}

/**
 * Writes the differences between two standings of each pair, one statement per table and kind. Of locked people, as read
 * under the lock.
 */
export function saveStandings(tx: Tx, moves: readonly Move[]): void {
  const members = moves.filter(({ before, after }) => after.enteredAt !== before.enteredAt);
  const horizons = moves.filter(
    ({ before, after }) =>
      after.dueAt !== before.dueAt ||
      (after.dueAt !== null && (after.historical !== before.historical || after.waits !== before.waits)),
  );
  const [entered, stayed, left] = split(members, "enteredAt");
  if (entered.length > 0) {
    send(
      tx,
      sql`
      insert into segments.memberships (profile_id, rule_id, entered_at)
      select * from unnest(${pairsOf(entered)}, ${column("timestamptz", entered, "enteredAt")})`,
    );
  }
  if (stayed.length > 0) {
    send(
      tx,
      sql`
      update segments.memberships m set entered_at = t.entered_at
      from unnest(${pairsOf(stayed)}, ${column("timestamptz", stayed, "enteredAt")}) as t (profile_id, rule_id, entered_at)
      where m.profile_id = t.profile_id and m.rule_id = t.rule_id`,
    );
  }
  if (left.length > 0) {
    send(
      tx,
      sql`
      delete from segments.memberships m using unnest(${pairsOf(left)}) as gone (profile_id, rule_id)
      where m.profile_id = gone.profile_id and m.rule_id = gone.rule_id`,
    );
  }
  const [timed, moved, untimed] = split(horizons, "dueAt");
  if (timed.length > 0) {
    send(
      tx,
      sql`
      insert into segments.horizons (profile_id, rule_id, due_at, historical, waits)
      select * from unnest(${pairsOf(timed)}, ${timesOf(timed)})`,
    );
  }
  if (moved.length > 0) {
    send(
      tx,
      sql`
      update segments.horizons h set due_at = t.due_at, historical = t.historical, waits = t.waits
      from unnest(${pairsOf(moved)}, ${timesOf(moved)}) as t (profile_id, rule_id, due_at, historical, waits)
      where h.profile_id = t.profile_id and h.rule_id = t.rule_id`,
    );
  }
  if (untimed.length > 0) {
    send(
      tx,
      sql`
      delete from segments.horizons h using unnest(${pairsOf(untimed)}) as gone (profile_id, rule_id)
      where h.profile_id = gone.profile_id and h.rule_id = gone.rule_id`,
    );
  }
}

/** What has come, what has changed, what has gone. */
function split(moves: readonly Move[], key: "enteredAt" | "dueAt"): [Move[], Move[], Move[]] {
  const by = Map.groupBy(moves, ({ before, after }) =>
    before[key] === null ? "come" : after[key] === null ? "gone" : "changed",
  );
  return [by.get("come") ?? [], by.get("changed") ?? [], by.get("gone") ?? []];
}

function pairsOf(moves: readonly Move[]) {
  return sql`${column("uuid", moves, "profileId")}, ${column("uuid", moves, "ruleId")}`;
}

function timesOf(moves: readonly Move[]) {
  return sql`${column("timestamptz", moves, "dueAt")}, ${column("bool", moves, "historical")}, ${column("bool", moves, "waits")}`;
}

function column(type: "uuid" | "timestamptz" | "bool", moves: readonly Move[], key: keyof Standing) {
  return list(
    type,
    moves.map(({ after }) => after[key]),
  );
}
