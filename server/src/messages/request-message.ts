import type { z } from "zod";

import { inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { MessageStatus, sendBody } from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { enqueue } from "./sending/enqueue.ts";

/** Queues one message asked for by API. Whether it may go out is decided when it is sent. */
export async function requestMessage(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus" | "resolveProfile">,
  body: z.infer<typeof sendBody>,
): Promise<{ id: string; status: MessageStatus }> {
  const profileId = await deps.resolveProfile(deps.db, body.profile);
  const [id] = await inTransaction(deps.db, (tx) =>
    enqueue(tx, deps.clock, [
      {
        key: `api:${newId(deps.clock)}`,
        profileId,
        templateId: body.template_id,
        data: body.data,
        ...(body.language === undefined ? {} : { language: body.language }),
      },
    ]),
  );
  if (id === undefined) throw refuse("template_not_found");
  deps.bus.wake("messages");
  deps.bus.changed("message", id, ["status"]);
  return { id, status: "queued" };
}
