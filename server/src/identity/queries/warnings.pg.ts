import type { Clock } from "../../platform/clock.ts";
import { list, sql, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { LeftOut } from "../outcome.ts";

/** Keeps what was not joined; the same again is counted. */
export async function saveWarnings(tx: Tx, clock: Clock, leftOut: readonly LeftOut[]): Promise<void> {
  const counted = new Map<string, { first: LeftOut; times: number; last: string }>();
  for (const one of leftOut) {
    const key = JSON.stringify([one.profileId, one.type, one.value, one.reason]);
    const known = counted.get(key);
    if (known) Object.assign(known, { times: known.times + 1, last: one.at });
    else counted.set(key, { first: one, times: 1, last: one.at });
  }
  const all = [...counted.values()];
  const column = (name: "profileId" | "type" | "value" | "reason" | "at") => all.map(({ first }) => first[name]);
  await sql`
    insert into identity.warnings as w (id, at, profile_id, type, value, reason, times, last_at)
    select * from unnest(
      ${list(
        "uuid",
        all.map(() => newId(clock)),
      )}, ${list("timestamptz", column("at"))}, ${list("uuid", column("profileId"))}, ${list("text", column("type"))},
      ${list("text", column("value"))}, ${list("text", column("reason"))}, ${list(
        "int4",
        all.map(({ times }) => times),
      )}, ${list(
        "timestamptz",
        all.map(({ last }) => last),
      )})
    on conflict (profile_id, type, value, reason)
    do update set times = w.times + excluded.times, last_at = greatest(w.last_at, excluded.last_at)`.execute(tx);
}
