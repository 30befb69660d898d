import { list, rows, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";
import type { Secrets } from "../platform/secrets.ts";
import { eraseFromChannels, exportOfChannels } from "./channels/personal-data.ts";
import { hashOfAddress } from "./queries/suppressions.pg.ts";

/** Everything said to a person goes; an address that nothing more may be sent to stays so, as a hash. */
export function personalData(secrets: Secrets): PersonalData {
  return {
    async erase(tx, person) {
      const emails = addresses(person);
      const ids = await rows(
        tx,
        sql<{ id: string }>`
          select id from messages.messages
          where profile_id = any(${list("uuid", person.profileIds)}) or lower(address) = any(${list("text", emails)})
          order by id for update`,
      );
      const mine = list(
        "uuid",
        ids.map(({ id }) => id),
      );
      const clicks = await affected(tx, sql`delete from messages.clicks where message_id = any(${mine})`);
      const messages = await affected(tx, sql`delete from messages.messages where id = any(${mine})`);
      const mailbox = await affected(
        tx,
        sql`delete from messages.mailbox where id = any(${mine}) or lower(to_address) = any(${list("text", emails)})`,
      );
      const turns = await affected(
        tx,
        sql`delete from messages.recipients where profile_id = any(${list("uuid", person.profileIds)})`,
      );
      let suppressions = 0;
      for (const email of emails)
        suppressions += await affected(
          tx,
          sql`update messages.suppressions set address = ${hashOfAddress(secrets, email)} where address = ${email}`,
        );
      const channels = await eraseFromChannels(tx, person);
      return { removed: { messages, clicks, mailbox, turns, ...channels }, kept: { suppressions } };
    },
    async *exportOf(db, person) {
      const ids = list("uuid", person.profileIds);
      const emails = list("text", addresses(person));
      const isMine = sql`profile_id = any(${ids}) or lower(address) = any(${emails})`;
      yield* readPages(
        db,
        "messages",
        sql`select m.id::text as key, to_jsonb(m) - 'claim' - 'content' - 'dedup_key' - 'profile_id' as row
            from messages.messages m where ${isMine}`,
      );
      yield* readPages(
        db,
        "broadcast_turns",
        sql`select r.broadcast_id::text as key, to_jsonb(r) - 'profile_id' as row
            from messages.recipients r where r.profile_id = any(${ids})`,
      );
      yield* readPages(
        db,
        "clicks",
        sql`select c.message_id || ':' || encode(c.url_hash, 'hex') as key, to_jsonb(c) - 'url_hash' as row
            from messages.clicks c where c.message_id in (select id from messages.messages where ${isMine})`,
      );
      yield* readPages(
        db,
        "mailbox",
        sql`select id::text as key, to_jsonb(b) as row from messages.mailbox b
            where id in (select id from messages.messages where ${isMine}) or lower(to_address) = any(${emails})`,
      );
      yield* readPages(
        db,
        "message_suppressions",
        sql`select channel || ':' || address as key, to_jsonb(s) as row
            from messages.suppressions s where address = any(${emails})`,
      );
      yield* exportOfChannels(db, person);
    },
  };
}

function addresses(person: Person): string[] {
  return valuesOf(person, "email", "phone").map((address) => address.toLowerCase());
}
