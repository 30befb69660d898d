import { newId } from "../../platform/ids.ts";
import { oneLine } from "../content/render-content.ts";
import type { MessagesDeps } from "../deps.ts";
import { insertDirect } from "../queries/insert-direct.pg.ts";
import { CONTENT_SEAL } from "./render-message.ts";

export interface DirectMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Queues a mail whose text is made already (a sign-in code): durable, retried, its text sealed while it waits. */
export async function sendMail(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus" | "secrets">,
  mail: DirectMail,
): Promise<void> {
  const { subject, text, html } = mail;
  await insertDirect(deps.db, {
    id: newId(deps.clock),
    address: mail.to,
    sealedContent: deps.secrets.seal(CONTENT_SEAL, JSON.stringify({ subject: oneLine(subject), text, html })),
    now: deps.clock.now().toString(),
  });
  deps.bus.wake("messages");
}
