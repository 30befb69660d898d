import type { Db } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { ChannelContent } from "../content/kinds.ts";
import { oneLine } from "../content/render-content.ts";
import type { MessagesDeps } from "../deps.ts";
import { insertDirect } from "../queries/insert-direct.pg.ts";
import { CONTENT_SEAL } from "./render-message.ts";

export interface DirectMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Among whose messages it stands, under its subject; absent: nothing of it is shown (it holds a code). */
  readonly listed?: { readonly profileId: string | null };
}

/** Queues a mail whose text is made already (a sign-in code): durable, retried, its text sealed while it waits. */
export async function sendMail(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus" | "secrets">,
  mail: DirectMail,
): Promise<void> {
  const { text, html, listed } = mail;
  const subject = oneLine(mail.subject);
  await insertDirect(deps.db, {
    id: newId(deps.clock),
    channel: "email",
    profileId: listed?.profileId ?? null,
    address: mail.to,
    subject: listed ? subject : null,
    sealedContent: deps.secrets.seal(CONTENT_SEAL, JSON.stringify({ subject, text, html })),
    now: deps.clock.now().toString(),
  });
  deps.bus.wake("messages");
}

export interface DirectMessage {
  /** Null: somebody we do not know yet. */
  readonly profileId: string | null;
  /** The address in the channel's own form, as it wrote to us. */
  readonly to: string;
  readonly content: ChannelContent;
}

/** Queues an answer to somebody on the channel they chose; its text is made already. Wake "messages" after commit. */
export async function sendDirect(
  tx: Db,
  deps: Pick<MessagesDeps, "clock" | "secrets">,
  { profileId, to, content }: DirectMessage,
): Promise<string> {
  const id = newId(deps.clock);
  await insertDirect(tx, {
    id,
    channel: content.channel,
    profileId,
    address: to,
    subject: null,
    sealedContent: deps.secrets.seal(CONTENT_SEAL, JSON.stringify(content)),
    now: deps.clock.now().toString(),
  });
  return id;
}
