import type { History } from "../../platform/history.ts";
import type { Handover, Rewrite } from "./rewrites.pg.ts";

/**
 * Writes merges into the rows of events: `person_id` becomes the survivor. One mutation, however many merges; run again
 * it changes nothing. All rows of a merged profile carry one of `from` as `profile_id`, the order of the table.
 */
export async function rewriteMerges(history: History, merges: readonly Rewrite[]): Promise<void> {
  await history.command(
    `alter table events update
       person_id = toUUID(transform(toString(person_id), {from:Array(String)}, {into:Array(String)}, toString(person_id)))
     where profile_id in {from:Array(UUID)} and person_id in {from:Array(UUID)}
     settings mutations_sync = 2`,
    { from: merges.map((merge) => merge.from_id), into: merges.map((merge) => merge.into_id) },
  );
}

/** Overrides whose rows tell the same by now. Newer ones, on their way already, stay. */
export async function dropOverrides(history: History, fromIds: readonly string[], upTo: number): Promise<void> {
  await history.command(
    `alter table profile_overrides delete where from_id in {from:Array(UUID)} and version <= {upTo:UInt64}
     settings mutations_sync = 2`,
    { from: fromIds, upTo },
  );
}

/** As `pipeline.seen` tells events apart. */
const KEY = "lower(hex(MD5(concat(source, char(0), message_id))))";
const KEYS_PER_MUTATION = 5_000;

/** Writes a separation into the rows: all that came in under the person's own ids, and single events under others'. */
export async function handOver(history: History, handover: Handover): Promise<void> {
  const { person_id: person, profile_ids: own, host_ids: hosts, keys } = handover;
  // Whoever lodges under these ids without belonging to the family carries a person_id of his own.
  const family = [...own, ...hosts];
  await history.command(
    `alter table events update person_id = {person:UUID}
     where profile_id in {own:Array(UUID)} and person_id in {family:Array(UUID)} and person_id != {person:UUID}
     settings mutations_sync = 2`,
    { person, own, family },
  );
  for (let at = 0; at < keys.length; at += KEYS_PER_MUTATION * 16) {
    const part = keys.subarray(at, at + KEYS_PER_MUTATION * 16).toString("hex");
    await history.command(
      `alter table events update person_id = {person:UUID}
       where profile_id in {hosts:Array(UUID)} and person_id in {family:Array(UUID)} and ${KEY} in {keys:Array(String)}
       settings mutations_sync = 2`,
      { person, hosts, family, keys: part.match(/.{32}/g) ?? [] },
    );
  }
}
