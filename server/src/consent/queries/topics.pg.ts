import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Topic, TopicBody } from "../contracts.ts";

const COLUMNS = sql.raw(
  "key, names, descriptions, channels, position, archived_at is not null as archived, created_at, updated_at",
);

/** In the order in which people see them. There are some dozens at most. */
export async function listTopics(db: Db, withArchived: boolean): Promise<Topic[]> {
  return rows(
    db,
    sql<Topic>`
      select ${COLUMNS} from consent.topics where ${withArchived} or archived_at is null order by position, key limit 200`,
  );
}

export async function saveTopic(db: Db, key: string, topic: TopicBody, now: string): Promise<Topic> {
  const saved = await one(
    db,
    sql<Topic>`
      insert into consent.topics (key, names, descriptions, channels, position, archived_at, created_at, updated_at)
      values (${key}, ${JSON.stringify(topic.names)}, ${JSON.stringify(topic.descriptions)}, ${topic.channels},
              ${topic.position}, ${topic.archived ? now : null}, ${now}, ${now})
      on conflict (key) do update
      set names = excluded.names, descriptions = excluded.descriptions, channels = excluded.channels,
          position = excluded.position, updated_at = excluded.updated_at,
          archived_at = case when ${topic.archived} then coalesce(topics.archived_at, excluded.archived_at) end
      returning ${COLUMNS}`,
  );
  if (!saved) throw new Error("a topic that was saved was not returned");
  return saved;
}
