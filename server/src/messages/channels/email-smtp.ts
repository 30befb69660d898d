import nodemailer, { type Transporter } from "nodemailer";
import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { adapter, type Check, type Line, type Outcome, type OutgoingMessage, reasonOf } from "./adapter.ts";
import { messageIdOf } from "./message-id.ts";

/** How long one server may keep us waiting; well inside a claim's lease. */
const CONNECT_MS = 10_000;
const SOCKET_MS = 30_000;

/** Mail to a server by SMTP over a few kept connections. */
export const smtp = adapter({
  channel: "email",
  provider: "smtp",
  title: "SMTP",
  settings: z.strictObject({}),
  /** `smtp://user:password@host:port` or `smtps://…` */
  secrets: ["url"],
  open: (account, tools) => smtpLine(account.secrets.url, tools),
});

function smtpLine(url: string, tools: { readonly hands: number; readonly publicUrl: string }): Line {
  const transporter: Transporter = nodemailer.createTransport(url, {
    // A pool of connections; what a template says is never read as a file or fetched.
    pool: true,
    maxConnections: tools.hands,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
  } as object);
  const closed = Promise.withResolvers<Outcome>();
  const sendOne = async (message: OutgoingMessage): Promise<Outcome> => {
    if (message.content.channel !== "email") return { kind: "permanent", reason: "not a mail" };
    try {
      const providerId = messageIdOf(message.id, tools.publicUrl);
      await transporter.sendMail(toMail(providerId, message, message.content));
      return { kind: "accepted", providerId };
    } catch (error) {
      return readSmtpError(error);
    }
  };
  let underWay = 0;
  let isRetired = false;
  return {
    async send(batch) {
      underWay += 1;
      try {
        return await Promise.all(batch.map((message) => Promise.race([sendOne(message), closed.promise])));
      } finally {
        underWay -= 1;
        if (isRetired && underWay === 0) transporter.close();
      }
    },
    async check(): Promise<Check> {
      try {
        await transporter.verify();
        return { ok: true, detail: "The server greets us and lets us in." };
      } catch (error) {
        return { ok: false, detail: reasonOf(error) };
      }
    },
    retire() {
      isRetired = true;
      if (underWay === 0) transporter.close();
    },
    close() {
      transporter.close();
      // The pool leaves whoever waits for an answer waiting.
      closed.resolve({ kind: "transient", reason: "stopped while the mail server was answering" });
    },
  };
}

function toMail(messageId: string, message: OutgoingMessage, content: ContentOf<"email">) {
  return {
    messageId,
    from: content.from,
    ...(content.reply_to === undefined ? {} : { replyTo: content.reply_to }),
    // As an object: nothing in it is read as a list or as a name.
    to: { name: "", address: message.to },
    subject: content.subject,
    html: content.html,
    text: content.text,
    date: new Date(message.at),
    headers: { ...content.headers },
  };
}

/** Where a "no" is about this mail; a refused log-in or greeting is about our settings and passes when they are mended. */
const ABOUT_THE_MAIL = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/** 4xx and broken connections pass; 5xx stays. "5.1.x" on the recipient means the address itself is bad (RFC 3463). */
function readSmtpError(error: unknown): Outcome {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  const reason = reasonOf(error);
  const isFinal = typeof responseCode === "number" && responseCode >= 500 && ABOUT_THE_MAIL.has(command ?? "");
  if (!isFinal) return { kind: "transient", reason };
  const isBadAddress = command === "RCPT TO" && /\b5\.1\.[0-36]\b|user (unknown|not found)|no such user/i.test(reason);
  return { kind: "permanent", reason, badAddress: isBadAddress };
}
