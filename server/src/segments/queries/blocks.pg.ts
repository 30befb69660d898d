import { type Db, list, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { Entry } from "../predicates/series.ts";

export interface BlockPlace {
  readonly profile_id: string;
  readonly predicate_id: number;
  /** The block's first time. */
  readonly from_at: number;
}

export interface BlockRow extends BlockPlace {
  readonly entries: readonly Entry[];
}

/** The entries of exactly these blocks, as far as State keeps them. Primary key. */
export async function loadBlocks(db: Db, places: readonly BlockPlace[]): Promise<BlockRow[]> {
  if (places.length === 0) return [];
  return await rows(
    db,
    sql<BlockRow>`
      select blocks.* from unnest(${placeLists(places)}) as asked (profile_id, predicate_id, from_at)
      join segments.blocks using (profile_id, predicate_id, from_at)`,
  );
}

export function putBlocks(tx: Tx, blocks: readonly BlockRow[]): void {
  if (blocks.length === 0) return;
  send(
    tx,
    sql`
    insert into segments.blocks (profile_id, predicate_id, from_at, entries)
    select * from unnest(${placeLists(blocks)}, ${list(
      "jsonb",
      blocks.map((block) => JSON.stringify(block.entries)),
    )})
    on conflict (profile_id, predicate_id, from_at) do update set entries = excluded.entries`,
  );
}

export function removeBlocks(tx: Tx, places: readonly BlockPlace[]): void {
  if (places.length === 0) return;
  send(
    tx,
    sql`
    delete from segments.blocks using unnest(${placeLists(places)}) as gone (profile_id, predicate_id, from_at)
    where blocks.profile_id = gone.profile_id and blocks.predicate_id = gone.predicate_id
      and blocks.from_at = gone.from_at`,
  );
}

/** Merged people's blocks are their survivors'; of two with one first time neither is of use any more. */
export function moveBlocks(tx: Tx, from: readonly string[], into: readonly string[]): void {
  send(
    tx,
    sql`
    with merged as (select * from unnest(${list("uuid", from)}, ${list("uuid", into)}) as m (from_id, into_id)),
    gone as (
      delete from segments.blocks using merged where blocks.profile_id = merged.from_id
      returning merged.into_id, blocks.predicate_id, blocks.from_at, blocks.entries
    )
    insert into segments.blocks (profile_id, predicate_id, from_at, entries)
    select into_id, predicate_id, from_at, entries from gone
    on conflict do nothing`,
  );
}

export function removeBlocksOf(tx: Tx, profileIds: readonly string[]): void {
  send(tx, sql`delete from segments.blocks where profile_id = any(${list("uuid", profileIds)})`);
}

function placeLists(places: readonly BlockPlace[]) {
  return sql`${list(
    "uuid",
    places.map((place) => place.profile_id),
  )}, ${list(
    "int4",
    places.map((place) => place.predicate_id),
  )}, ${list(
    "int8",
    places.map((place) => place.from_at),
  )}`;
}
