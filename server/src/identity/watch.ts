import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { refuse } from "../platform/errors.ts";
import type { Page, PageQuery } from "../platform/pages.ts";
import type { AlarmItem, WarningItem } from "./contracts.ts";
import { closeAlarm, listAlarms, listWarnings, releaseIdentifier } from "./queries/warned.pg.ts";

/** Names of people by their ids; another room knows them. */
export type NamesOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;

export async function readWarnings(db: Db, namesOf: NamesOf, query: PageQuery): Promise<Page<WarningItem>> {
  const page = await listWarnings(db, query);
  const name = await personNamer(
    namesOf,
    page.items.flatMap(({ profile_id, holder_id }) => [profile_id, holder_id]),
  );
  return {
    next: page.next,
    items: page.items.map(({ profile_id, holder_id, ...warning }) => ({
      ...warning,
      person: name(profile_id),
      held_by: holder_id === null ? null : name(holder_id),
    })),
  };
}

export async function readAlarms(db: Db, namesOf: NamesOf): Promise<AlarmItem[]> {
  const found = await listAlarms(db);
  const name = await personNamer(
    namesOf,
    found.map(({ holder_id }) => holder_id),
  );
  return found.map(({ holder_id, ...alarm }) => ({ ...alarm, held_by: holder_id === null ? null : name(holder_id) }));
}

export async function endAlarm(db: Db, clock: Clock, id: string, by: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const ended = await closeAlarm(tx, id, clock.now().toString(), by);
    if (!ended) throw refuse("not_found");
    await releaseIdentifier(tx, ended);
  });
}

export async function personNamer(namesOf: NamesOf, ids: readonly (string | null)[]) {
  const names = await namesOf([...new Set(ids.filter((id) => id !== null))]);
  return (id: string) => ({ id, name: names.get(id) ?? null });
}
