import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { adapter, type Check, type Line, type Outcome, type OutgoingMessage, reasonOf } from "./adapter.ts";
import { messageIdOf } from "./message-id.ts";
import { buildMime } from "./mime.ts";
import { SmtpPool } from "./smtp/pool.ts";
import { SmtpError } from "./smtp/replies.ts";
import { readSmtpUrl } from "./smtp/smtp-url.ts";

/** How long one server may keep us waiting; well inside a claim's lease. */
const TIMEOUTS = { connectMs: 10_000, answerMs: 30_000 };

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
  const pool = new SmtpPool(readSmtpUrl(url), tools.hands, TIMEOUTS);
  const sendOne = async (message: OutgoingMessage): Promise<Outcome> => {
    if (message.content.channel !== "email") return { kind: "permanent", reason: "not a mail" };
    const providerId = messageIdOf(message.id, tools.publicUrl);
    try {
      const { content } = message;
      await pool.send(addressIn(content.from), message.to, toMime(providerId, message, content));
      return { kind: "accepted", providerId };
    } catch (error) {
      return readSmtpError(error);
    }
  };
  let underWay = 0;
  let isRetired = false;
  return {
    async send(batch) {
      underWay += batch.length;
      try {
        return await Promise.all(batch.map(sendOne));
      } finally {
        underWay -= batch.length;
        if (isRetired && underWay === 0) pool.close();
      }
    },
    async check(): Promise<Check> {
      try {
        await pool.check();
        return { ok: true, detail: "The server greets us and lets us in." };
      } catch (error) {
        return { ok: false, detail: reasonOf(error) };
      }
    },
    retire() {
      isRetired = true;
      if (underWay === 0) pool.close();
    },
    close: () => pool.close(),
  };
}

function toMime(messageId: string, { to, at }: OutgoingMessage, content: ContentOf<"email">): Buffer {
  const { from, reply_to, subject, html, text, headers } = content;
  const replyTo = reply_to === undefined ? {} : { replyTo: reply_to };
  return buildMime({ messageId, from, ...replyTo, to, subject, html, text, date: new Date(at), headers });
}

/** `Name <a@b.c>` → `a@b.c`. */
function addressIn(from: string): string {
  return (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim();
}

/** Where a "no" is about this mail; a refused log-in or greeting is about our settings and passes when they are mended. */
const ABOUT_THE_MAIL = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/** 4xx and broken connections pass; 5xx stays. "5.1.x" on the recipient means the address itself is bad (RFC 3463). */
function readSmtpError(error: unknown): Outcome {
  const { code, command } = error instanceof SmtpError ? error : { code: null, command: "" };
  const reason = reasonOf(error);
  const isFinal = code !== null && code >= 500 && ABOUT_THE_MAIL.has(command);
  if (!isFinal) return { kind: "transient", reason };
  const isBadAddress = command === "RCPT TO" && /\b5\.1\.[0-36]\b|user (unknown|not found)|no such user/i.test(reason);
  return { kind: "permanent", reason, badAddress: isBadAddress };
}
