import { hash } from "node:crypto";
import type { z } from "zod";

import { inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { MessageStatus, sendBody } from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { findByKey } from "./queries/list-messages.pg.ts";
import { enqueue } from "./sending/enqueue.ts";

/**
 * Queues one message asked for by API. Whether it may go out is decided when it is sent. The caller's
 * idempotency key is part of the message's own, so that a repeat finds the message even when we died before answering.
 */
export async function requestMessage(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus" | "resolveProfile">,
  body: z.infer<typeof sendBody>,
  idempotencyKey: string | null,
): Promise<{ id: string; status: MessageStatus }> {
  const profileId = await deps.resolveProfile(deps.db, body.profile);
  const text = JSON.stringify([body.template_id, profileId, body.language ?? null, body.data]);
  const key = `api:${idempotencyKey === null ? newId(deps.clock) : hash("sha256", `${idempotencyKey} ${text}`)}`;
  const [id] = await inTransaction(deps.db, (tx) =>
    enqueue(tx, deps.clock, [
      {
        key,
        profileId,
        templateId: body.template_id,
        data: body.data,
        ...(body.language === undefined ? {} : { language: body.language }),
      },
    ]),
  );
  if (id === undefined) {
    const known = await findByKey(deps.db, key);
    if (known) return known;
    throw refuse("template_not_found");
  }
  deps.bus.wake("messages");
  deps.bus.changed("message", id, ["status"]);
  return { id, status: "queued" };
}
