import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Topic, TopicBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { listTopics, saveTopic } from "./queries/topics.pg.ts";

const MOST_TOPICS = 200;

/** Makes a topic or changes it; an archived one is offered no more, and what people said about it still holds. */
export async function changeTopic(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  key: string,
  body: TopicBody,
): Promise<Topic> {
  const known = await listTopics(db, true);
  if (known.length >= MOST_TOPICS && !known.some((topic) => topic.key === key)) throw refuse("too_many_topics");
  return saveTopic(db, key, body, clock.now().toString());
}
