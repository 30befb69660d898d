import type { History } from "../../platform/history.ts";
import { isUuid } from "../../platform/ids.ts";
import type { Handover, Rewrite } from "./rewrites.pg.ts";

/** As many as fit three times into a statement of 256 kB. They are written out: parameters of a command travel in the URL. */
export const MERGES_PER_MUTATION = 1_500;
const KEYS_PER_MUTATION = 4_000;

/**
 * Writes merges into the rows of events: `person_id` becomes the survivor. One mutation, however many merges; run again
 * it changes nothing. All rows of a merged profile carry one of `from` as `profile_id`, the order of the table.
 */
export async function rewriteMerges(history: History, merges: readonly Rewrite[]): Promise<void> {
  const from = written(merges.map((merge) => merge.from_id));
  const into = written(merges.map((merge) => merge.into_id));
  await history.command(
    `alter table events
     update person_id = toUUID(transform(toString(person_id), [${from}], [${into}], toString(person_id)))
     where profile_id in (${from}) settings mutations_sync = 2`,
  );
}

/** Overrides whose rows tell the same by now. Newer ones, on their way already, stay. */
export async function dropOverrides(history: History, fromIds: readonly string[], upTo: number): Promise<void> {
  await history.command(
    `alter table profile_overrides delete where from_id in (${written(fromIds)}) and version <= {upTo:UInt64}
     settings mutations_sync = 2`,
    { upTo },
  );
}

/** As `pipeline.seen` tells events apart. */
const KEY = "lower(hex(MD5(concat(source, char(0), message_id))))";

/** Writes a separation into the rows: all that came in under the person's own ids, and single events under others'. */
export async function handOver(history: History, handover: Handover): Promise<void> {
  const { person_id: person, keys } = handover;
  const own = written(handover.profile_ids);
  const hosts = written(handover.host_ids);
  // Whoever lodges under these ids without belonging to the family carries a person_id of his own.
  const family = written([...handover.profile_ids, ...handover.host_ids]);
  await history.command(
    `alter table events update person_id = {person:UUID}
     where profile_id in (${own}) and person_id in (${family}) and person_id != {person:UUID}
     settings mutations_sync = 2`,
    { person },
  );
  for (let at = 0; at < keys.length; at += KEYS_PER_MUTATION * 16) {
    const part = keys.subarray(at, at + KEYS_PER_MUTATION * 16).toString("hex");
    const these = (part.match(/.{32}/g) ?? []).map((key) => `'${key}'`).join(",");
    await history.command(
      `alter table events update person_id = {person:UUID}
       where profile_id in (${hosts}) and person_id in (${family}) and ${KEY} in (${these})
       settings mutations_sync = 2`,
      { person },
    );
  }
}

function written(ids: readonly string[]): string {
  if (!ids.every(isUuid)) throw new TypeError("only ids of profiles are written into a statement");
  return ids.map((id) => `'${id}'`).join(",");
}
