import { messageChannel, messagePlaces, readSuppressed } from "./messages/index.ts";
import type { Db } from "./platform/db.ts";
import type { Secrets } from "./platform/secrets.ts";
import type { Profile } from "./profiles/index.ts";

/** Where people can be reached on a channel, and nothing keeps us from it: by profile id. */
export async function reachableAt(
  secrets: Secrets,
  db: Db,
  channel: string,
  people: readonly Profile[],
): Promise<Map<string, string>> {
  const known = messageChannel(channel);
  const places = known === null ? new Map<string, string>() : await messagePlaces(db, known, people);
  const asked = [...places.values()].map((address) => ({ channel, address }));
  const suppressed = await readSuppressed(db, secrets, asked);
  return new Map([...places].filter(([, address]) => !suppressed.has(`${channel} ${address}`)));
}
