import type { KilimEvent } from "../collect/index.ts";
import type { Db } from "../platform/db.ts";
import type { Profile } from "./contracts.ts";
import { foldEvent } from "./fold/fold-event.ts";
import { readProfiles } from "./queries/profile-rows.pg.ts";
import { toFolding, toProfile } from "./stored.ts";

/** A person as they would be after some events more; of `db` null somebody who has done nothing before. Writes nothing. */
export async function imagineProfile(db: Db | null, id: string, events: readonly KilimEvent[]): Promise<Profile> {
  const [row] = db ? await readProfiles(db, [id]) : [];
  const folding = toFolding(row ?? { id, data: "{}" });
  for (const event of events) foldEvent(folding, event);
  return toProfile(folding);
}
