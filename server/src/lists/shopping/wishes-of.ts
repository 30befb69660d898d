import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { ListItem } from "../contracts.ts";
import { loadItemsOfPeople } from "./queries/items.pg.ts";
import { showItems } from "./read-lists.ts";

/** What some people wish for, newest first, each thing once: for mails and decisions about them, never for a device. */
export async function wishesOf(
  db: Db,
  clock: Clock,
  profileIds: readonly string[],
): Promise<Map<string, readonly ListItem[]>> {
  const wishes = await loadItemsOfPeople(db, profileIds, "wish");
  const shown = new Map((await showItems(db, clock, wishes)).map((item) => [item.id, item]));
  const byPerson = Map.groupBy(wishes, (row) => row.profile_id);
  return new Map(
    [...byPerson].map(([profileId, its]) => {
      const newest = new Map(its.map((row) => [row.variant_id, row]));
      return [profileId, [...newest.values()].reverse().flatMap(({ id }) => shown.get(id) ?? [])];
    }),
  );
}
