import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import { insertMessages } from "../queries/insert-messages.pg.ts";

export interface NewMessage {
  /** The same key is the same message: it is said once, whoever asks and however often. */
  readonly key: string;
  readonly profileId: string;
  readonly templateId: string;
  readonly language?: string;
  readonly data?: JsonObject;
  readonly journey?: { readonly journeyId: string; readonly runId: string; readonly node: string };
}

/** Queues messages in the caller's transaction; returns the ids of those that are new. Wake "messages" after commit. */
export async function enqueue(tx: Db, clock: Clock, messages: readonly NewMessage[]): Promise<string[]> {
  if (messages.length === 0) return [];
  const inserted = await insertMessages(
    tx,
    clock.now().toString(),
    messages.map((message) => ({
      id: newId(clock),
      dedupKey: message.key,
      profileId: message.profileId,
      templateId: message.templateId,
      language: message.language ?? null,
      journeyId: message.journey?.journeyId ?? null,
      runId: message.journey?.runId ?? null,
      node: message.journey?.node ?? null,
      data: JSON.stringify(message.data ?? {}),
    })),
  );
  return inserted.map((row) => row.id);
}
