import type { History } from "../../platform/history.ts";
import type { Json } from "../../platform/json.ts";
import type { LeafPart } from "../compile/leaf-parts.ts";

export interface FilledRow {
  readonly profile_id: string;
  /** One state per predicate asked, null where the person has no such event. */
  readonly states: readonly (Json | null)[];
}

/**
 * The states of one chunk of people from all events that batches up to `watermark` have shipped, under ids that may have
 * been merged since. Chunks are cut by `profile_id`, which never changes, so that no event is met in two of them.
 */
export async function fillStates(
  history: History,
  { leaves, names, params }: LeafPart,
  given: { readonly watermark: number; readonly chunk: number; readonly chunks: number },
): Promise<FilledRow[]> {
  const columns = leaves.map(({ sql }, index) => `${sql.state} as s${index}`);
  const found = await history.query<Record<string, Json>>(
    `select person_id as profile_id, ${columns.join(", ")}
     from (
       select person_id, toUnixTimestamp64Milli(timestamp) as at, name, channel, properties from events
       where name in {names:Array(String)} and batch <= {watermark:UInt64} and cityHash64(profile_id) % {chunks:UInt32} = {chunk:UInt32}
         and profile_id != toUUID('00000000-0000-0000-0000-000000000000')
     )
     group by person_id`,
    { ...params, names, ...given },
  );
  return found.map((row) => ({
    profile_id: String(row.profile_id),
    states: leaves.map((_, index) => row[`s${index}`] ?? null),
  }));
}

/** How many people such events belong to, roughly: it only decides how the work is cut. */
export async function countPeopleWith(history: History, names: readonly string[], watermark: number): Promise<number> {
  const [row] = await history.query<{ people: number }>(
    "select uniq(profile_id) as people from events where name in {names:Array(String)} and batch <= {watermark:UInt64}",
    { names, watermark },
  );
  return row?.people ?? 0;
}

/** Where History keeps one person's events, as the room of identity knows it. */
export interface PlacesOfPerson {
  readonly ids: readonly string[];
  readonly under: readonly string[];
  readonly guests: readonly string[];
}

/** The rows of `events` that are one person's. */
export const ROWS_OF_PERSON = `profile_id in arrayConcat({ids:Array(UUID)}, {under:Array(UUID)})
  and if(profile_id in {ids:Array(UUID)}, person_id not in {guests:Array(UUID)}, person_id in {ids:Array(UUID)})`;

/** The states of one person from all their events in History, under whatever ids these were shipped. */
export async function statesOfPerson(
  history: History,
  { leaves, names, params }: LeafPart,
  places: PlacesOfPerson,
): Promise<readonly (Json | null)[]> {
  const columns = leaves.map(({ sql }, index) => `${sql.state} as s${index}`);
  const [row] = await history.query<Record<string, Json>>(
    `select ${columns.join(", ")} from (
       select toUnixTimestamp64Milli(timestamp) as at, name, channel, properties from events
       where ${ROWS_OF_PERSON} and name in {names:Array(String)}
     )`,
    { ...params, names, ...places },
  );
  return leaves.map((_, index) => row?.[`s${index}`] ?? null);
}
