import type { RawBuilder } from "kysely";

import { type Db, list, sql, type Tx } from "../../platform/db.ts";
import { affected, type ExportPage, type Person, readPages, valuesOf } from "../../platform/personal-data.ts";

/** Tables with a row per person: what they are called in receipts and exports, their key, and what an export leaves out. */
const KINDS = [
  { kind: "inbound_messages", table: "inbound", key: "id", without: ["account_id"] },
  { kind: "devices", table: "devices", key: "id", without: ["token_hash"] },
  { kind: "onsite_messages", table: "onsite", key: "message_id", without: [] },
  { kind: "letters", table: "letters", key: "message_id", without: [] },
  { kind: "calls", table: "calls", key: "message_id", without: [] },
  { kind: "ad_audiences", table: "audience_members", key: "id", without: [] },
] as const;

/** What the channels keep of a person goes; where an ad network has been told of them, it is told to forget them. */
export async function eraseFromChannels(tx: Tx, person: Person): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  const mine = list("uuid", person.profileIds);
  await sql`
    update messages.audience_members set profile_id = null, wanted = false, is_due = true, version = version + 1
    where profile_id = any(${mine}) and told is not null`.execute(tx);
  for (const { kind, table } of KINDS) {
    removed[kind] = await affected(tx, sql`delete from ${sql.table(`messages.${table}`)} where ${isOf(table, person)}`);
  }
  return removed;
}

export async function* exportOfChannels(db: Db, person: Person): AsyncGenerator<ExportPage> {
  for (const { kind, table, key, without } of KINDS) {
    const hidden = list("text", [...without, "profile_id", "first_profile_id"]);
    yield* readPages(
      db,
      kind,
      sql`select ${sql.ref(key)}::text as key, to_jsonb(t) - ${hidden} as row
          from ${sql.table(`messages.${table}`)} t where ${isOf(table, person)}`,
    );
  }
}

function isOf(table: string, person: Person): RawBuilder<boolean> {
  const isTheirs = sql<boolean>`profile_id = any(${list("uuid", person.profileIds)})`;
  if (table !== "inbound") return isTheirs;
  return sql<boolean>`(${isTheirs} or from_address = any(${list("text", valuesOf(person, "phone"))}))`;
}
