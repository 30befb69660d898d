import { z } from "zod";

import { type Db, sql } from "../../platform/db.ts";
import { adapter, lineOf } from "./adapter.ts";
import { messageIdOf } from "./message-id.ts";

/** Mail into our own table, shown on a screen, when no server is set. Nothing leaves. */
export const mailbox = adapter({
  channel: "email",
  provider: "mailbox",
  title: "Built-in mailbox",
  settings: z.strictObject({}),
  secrets: [],
  open: (_account, { db, publicUrl }) =>
    lineOf("email", {
      async send({ id, to, content, at }) {
        const messageId = messageIdOf(id, publicUrl);
        await keep(db, { id, messageId, to, at, ...content });
        return { kind: "accepted", providerId: messageId };
      },
      check: async () => ({ ok: true, detail: "Mail is kept here and shown; nothing leaves." }),
    }),
});

interface KeptMail {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
}

/** Of a message that was erased meanwhile nothing is kept. */
async function keep(db: Db, mail: KeptMail): Promise<void> {
  const headers = {
    "Message-ID": mail.messageId,
    From: mail.from,
    To: mail.to,
    Subject: mail.subject,
    ...mail.headers,
  };
  await sql`
    insert into messages.mailbox (id, message_id, from_address, to_address, subject, html, text, headers, at)
    select id, ${mail.messageId}, ${mail.from}, ${mail.to}, ${mail.subject}, ${mail.html}, ${mail.text},
           ${JSON.stringify(headers)}::jsonb, ${mail.at}::timestamptz
    from messages.messages where id = ${mail.id} for key share
    on conflict (message_id) do nothing`.execute(db);
}
