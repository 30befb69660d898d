import type { History } from "../../platform/history.ts";
import type { Json } from "../../platform/json.ts";
import type { LeafPart } from "../compile/leaf-parts.ts";
import { AMOUNT_COLUMNS } from "../compile/properties.ts";

export interface FilledRow {
  /** Under which the rows lie, and whose they are now. */
  readonly profile_id: string;
  readonly person_id: string;
  /** One state per predicate asked, null where the person has no such event. */
  readonly states: readonly (Json | null)[];
}

/**
 * People whose events, as batches up to `watermark` have shipped them, are read at one go: those whose `profile_id` comes
 * after one and up to another in the order of ClickHouse. It never changes, so that no event is met in two chunks, and
 * it is the order in which rows lie, so that all chunks together read them once.
 */
export interface Chunk {
  readonly watermark: number;
  readonly after: string;
  readonly upTo: string;
}

/** The states of one chunk of people, whoever they may have become since. */
export async function fillStates(
  history: History,
  { leaves, asked, params }: LeafPart,
  chunk: Chunk,
): Promise<FilledRow[]> {
  const columns = leaves.map(({ sql }, index) => `${sql.state} as s${index}`);
  const found = await history.query<Record<string, Json>>(
    `select profile_id, person_id, ${columns.join(", ")}
     from (
       select profile_id, person_id, toUnixTimestamp64Milli(timestamp) as at, name, channel, properties, ${AMOUNT_COLUMNS} from events
       where ${asked} and batch <= {watermark:UInt64} and profile_id > {after:UUID} and profile_id <= {upTo:UUID}
     )
     group by profile_id, person_id`,
    { ...params, ...chunk },
  );
  return found.map((row) => ({
    profile_id: String(row.profile_id),
    person_id: String(row.person_id),
    states: leaves.map((_, index) => row[`s${index}`] ?? null),
  }));
}

/** Smaller than every other id; what nobody did stands under it and is left out. */
export const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
export const AFTER_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** So many people of a chunk tell where it ends: its size is right to about a tenth. */
const DRAWN_PER_CHUNK = 100;

/** Where chunks of about `limit` people end, of all who come after one; asked once, as it looks at every row. */
export async function chunkEnds(
  history: History,
  { asked, params }: Pick<LeafPart, "asked" | "params">,
  { limit, ...given }: { readonly watermark: number; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const oneOf = Math.max(1, Math.floor(limit / DRAWN_PER_CHUNK));
  const found = await history.query<{ profile_id: string }>(
    `select profile_id from (
       select profile_id, row_number() over (order by profile_id) as n from (
         select distinct profile_id from events
         where ${asked} and batch <= {watermark:UInt64} and profile_id > {after:UUID}
           and cityHash64(profile_id) % {oneOf:UInt32} = 0
       )
     ) where n % {step:UInt32} = 0 order by n`,
    { ...params, ...given, oneOf, step: Math.ceil(limit / oneOf) },
  );
  return [...found.map((row) => row.profile_id), AFTER_ALL];
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
       select toUnixTimestamp64Milli(timestamp) as at, name, channel, properties, ${AMOUNT_COLUMNS} from events
       where ${ROWS_OF_PERSON} and name in {names:Array(String)}
     )`,
    { ...params, names, ...places },
  );
  return leaves.map((_, index) => row?.[`s${index}`] ?? null);
}
