import { hash } from "node:crypto";

import { foldLines } from "nodemailer/lib/mime-funcs";
import MimeNode from "nodemailer/lib/mime-node";

import { QuotedPrintable } from "./quoted-printable.ts";

export interface MimeMail {
  readonly messageId: string;
  readonly from: string;
  readonly replyTo?: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
}

const out = new QuotedPrintable();
const encoder = new MimeNode();

/**
 * A mail as it goes over the wire. Headers are encoded by nodemailer; they are put together and the two bodies encoded
 * here, because the general way costs 1.2 ms for a mail of 40 KB, and a broadcast makes a hundred thousand (this way:
 * 0.1 ms).
 */
export function buildMime(mail: MimeMail): Buffer {
  // `=_` cannot occur in quoted-printable, so no text holds it.
  const boundary = `=_${hash("md5", mail.messageId)}`;
  const headers = [
    sender("From", mail.from),
    recipient(mail.to),
    ...(mail.replyTo === undefined ? [] : [sender("Reply-To", mail.replyTo)]),
    header("Subject", mail.subject),
    header("Message-ID", mail.messageId),
    `Date: ${mail.date.toUTCString().replace("GMT", "+0000")}`,
    ...Object.entries(mail.headers).map(([name, value]) => header(name, value)),
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const part = (type: string) =>
    `\r\n--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  out.raw(`${headers.join("\r\n")}\r\n${part("text/plain")}`);
  out.encode(mail.text);
  out.raw(part("text/html"));
  out.encode(mail.html);
  out.raw(`\r\n--${boundary}--\r\n`);
  return out.take();
}

/** What nodemailer leaves as it is: printable, nothing that reads as an encoded word, and no place to fold. */
const WORD = /^[\x21-\x7e]+$/;
const SHORT = /^[\x20-\x7e]{1,60}$/;

function header(name: string, value: string): string {
  const isPlain = (WORD.test(value) || SHORT.test(value)) && !value.includes("=?");
  return isPlain ? `${name}: ${value}` : encoded(name, value);
}

const PLAIN_ADDRESS = /^[a-z0-9]+([._+-][a-z0-9]+)*@[a-z0-9]+([.-][a-z0-9]+)*$/i;

/** As an object: nothing in it is read as a list or as a name. */
function recipient(address: string): string {
  return PLAIN_ADDRESS.test(address) ? `To: ${address}` : encoded("To", { name: "", address });
}

function encoded(name: string, value: string | { readonly name: string; readonly address: string }): string {
  return foldLines(`${name}: ${encoder.encodeHeaderValue(name, value)}`, 76);
}

/** Senders are few, and reading one takes long. */
const senders = new Map<string, string>();
const MOST_SENDERS = 200;

function sender(name: "From" | "Reply-To", value: string): string {
  const key = `${name} ${value}`;
  const known = senders.get(key);
  if (known !== undefined) return known;
  if (senders.size >= MOST_SENDERS) senders.clear();
  const line = encoded(name, value);
  senders.set(key, line);
  return line;
}
