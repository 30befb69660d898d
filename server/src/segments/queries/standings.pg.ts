import { list, type RawBuilder, rows, send, sql, type Tx } from "../../platform/db.ts";

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
 * Writes the differences between two standings of each pair, one statement per table and direction. Of people who are
 * locked (`areLocked`) what is new is inserted without looking out for others, which takes two thirds of the time.
 */
export function saveStandings(tx: Tx, moves: readonly Move[], areLocked = false): void {
  const entered = moves.filter(({ before, after }) => after.enteredAt !== null && after.enteredAt !== before.enteredAt);
  const left = moves.filter(({ before, after }) => after.enteredAt === null && before.enteredAt !== null);
  const timed = moves.filter(
    ({ before, after }) =>
      after.dueAt !== null &&
      (after.dueAt !== before.dueAt || after.historical !== before.historical || after.waits !== before.waits),
  );
  const untimed = moves.filter(({ before, after }) => after.dueAt === null && before.dueAt !== null);
  const isNewMember = ({ before }: Move) => areLocked && before.enteredAt === null;
  const isNewlyTimed = ({ before }: Move) => areLocked && before.dueAt === null;
  addMembers(tx, entered.filter(isNewMember), sql``);
  addMembers(
    tx,
    entered.filter((move) => !isNewMember(move)),
    sql`on conflict (profile_id, rule_id) do update set entered_at = excluded.entered_at`,
  );
  if (left.length > 0) {
    send(
      tx,
      sql`
      delete from segments.memberships using unnest(${column("uuid", left, "profileId")}, ${column("uuid", left, "ruleId")}) as gone (profile_id, rule_id)
      where memberships.profile_id = gone.profile_id and memberships.rule_id = gone.rule_id`,
    );
  }
  addHorizons(tx, timed.filter(isNewlyTimed), sql``);
  addHorizons(
    tx,
    timed.filter((move) => !isNewlyTimed(move)),
    sql`on conflict (profile_id, rule_id) do update
      set due_at = excluded.due_at, historical = excluded.historical, waits = excluded.waits`,
  );
  if (untimed.length > 0) {
    send(
      tx,
      sql`
      delete from segments.horizons using unnest(${column("uuid", untimed, "profileId")}, ${column("uuid", untimed, "ruleId")}) as gone (profile_id, rule_id)
      where horizons.profile_id = gone.profile_id and horizons.rule_id = gone.rule_id`,
    );
  }
}

function addMembers(tx: Tx, moves: readonly Move[], orElse: RawBuilder<unknown>): void {
  if (moves.length === 0) return;
  send(
    tx,
    sql`
    insert into segments.memberships (profile_id, rule_id, entered_at)
    select * from unnest(${column("uuid", moves, "profileId")}, ${column("uuid", moves, "ruleId")}, ${column("timestamptz", moves, "enteredAt")})
    ${orElse}`,
  );
}

function addHorizons(tx: Tx, moves: readonly Move[], orElse: RawBuilder<unknown>): void {
  if (moves.length === 0) return;
  send(
    tx,
    sql`
    insert into segments.horizons (profile_id, rule_id, due_at, historical, waits)
    select * from unnest(${column("uuid", moves, "profileId")}, ${column("uuid", moves, "ruleId")}, ${column("timestamptz", moves, "dueAt")}, ${column("bool", moves, "historical")}, ${column("bool", moves, "waits")})
    ${orElse}`,
  );
}

function column(type: "uuid" | "timestamptz" | "bool", moves: readonly Move[], key: keyof Standing) {
  return list(
    type,
    moves.map(({ after }) => after[key]),
  );
}
