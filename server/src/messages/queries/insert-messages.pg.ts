import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface NewMessageRow {
  readonly id: string;
  readonly dedupKey: string;
  readonly profileId: string;
  readonly templateId: string;
  readonly language: string | null;
  readonly journeyId: string | null;
  readonly runId: string | null;
  readonly node: string | null;
  readonly data: string;
}

/** What somebody is waiting for; what a journey has to say; what is said to many. None waits behind another. */
export const LANES = { transactional: 0, marketing: 1, broadcast: 2 } as const;

/** One row each, unless its key is known; returns those that were new. Channel and purpose are the template's. */
export async function insertMessages(
  db: Db,
  now: string,
  messages: readonly NewMessageRow[],
): Promise<{ id: string; dedup_key: string }[]> {
  const column = <K extends keyof NewMessageRow>(key: K) => messages.map((message) => message[key]);
  return rows(
    db,
    sql<{ id: string; dedup_key: string }>`
      insert into messages.messages
        (id, dedup_key, lane, channel, purpose, topic, priority, profile_id, template_id, language, journey_id, run_id, node, data,
         status, due_at, created_at)
      select new.id, new.dedup_key,
             case t.purpose when 'transactional' then ${LANES.transactional}::int2 else ${LANES.marketing}::int2 end,
             t.channel, t.purpose, t.topic, t.priority, new.profile_id, t.id, new.language, new.journey_id, new.run_id, new.node,
             new.data, 'queued', ${now}, ${now}
      from unnest(
        ${list("uuid", column("id"))}, ${list("text", column("dedupKey"))}, ${list("uuid", column("profileId"))},
        ${list("uuid", column("templateId"))}, ${list("text", column("language"))},
        ${list("uuid", column("journeyId"))}, ${list("uuid", column("runId"))}, ${list("text", column("node"))},
        ${list("jsonb", column("data"))}
      ) as new (id, dedup_key, profile_id, template_id, language, journey_id, run_id, node, data)
      join messages.templates t on t.id = new.template_id
      on conflict (dedup_key) do nothing
      returning id, dedup_key`,
  );
}
