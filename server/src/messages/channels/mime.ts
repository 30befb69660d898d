import { hash } from "node:crypto";

import MimeNode from "nodemailer/lib/mime-node";

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

/**
 * A mail as it goes over the wire. The head is nodemailer's; the two bodies are encoded here, because the general way
 * costs 1.2 ms for a mail of 40 KB, and a broadcast makes a hundred thousand (this way: 0.2 ms).
 */
export function buildMime(mail: MimeMail): Buffer {
  // `=_` cannot occur in quoted-printable, so no text holds it.
  const boundary = `=_${hash("md5", mail.messageId)}`;
  const node = new MimeNode(`multipart/alternative; boundary="${boundary}"`);
  node.setHeader({
    from: mail.from,
    // As an object: nothing in it is read as a list or as a name.
    to: { name: "", address: mail.to },
    ...(mail.replyTo === undefined ? {} : { "reply-to": mail.replyTo }),
    subject: mail.subject,
    "message-id": mail.messageId,
    date: mail.date.toUTCString().replace("GMT", "+0000"),
    ...mail.headers,
    "mime-version": "1.0",
  });
  const part = (type: string) =>
    `\r\n--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(`${node.buildHeaders()}\r\n`),
    Buffer.from(part("text/plain")),
    quotedPrintable(mail.text),
    Buffer.from(part("text/html")),
    quotedPrintable(mail.html),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

const HEX = Buffer.from("0123456789ABCDEF");
const [TAB, LF, CR, SPACE, EQUALS, TILDE] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e];
/** RFC 2045, 6.7: lines of at most 76, the last of which is for the soft break's `=`. */
const LONGEST = 75;
/** Bytes that stand for themselves wherever they are in a line; spaces do unless they end it. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte > SPACE && byte <= TILDE && byte !== EQUALS));
PLAIN[SPACE] = 1;
PLAIN[TAB] = 1;

/** UTF-8 as quoted-printable; every line break, however it was written, becomes CRLF. */
export function quotedPrintable(text: string): Buffer {
  const bytes = Buffer.from(text);
  const size = bytes.length;
  // Each byte may become three and each of those lines gets a soft break.
  const out = Buffer.allocUnsafe(size * 3 + Math.ceil((size * 3) / (LONGEST - 2)) * 3 + 3);
  let to = 0;
  let column = 0;
  const breakLine = () => {
    out[to++] = EQUALS;
    out[to++] = CR;
    out[to++] = LF;
    column = 0;
  };
  const writeHex = (byte: number) => {
    if (column + 3 > LONGEST) breakLine();
    out[to++] = EQUALS;
    out[to++] = HEX[byte >> 4] as number;
    out[to++] = HEX[byte & 15] as number;
    column += 3;
  };
  for (let i = 0; i < size; ) {
    let end = i;
    while (end < size && PLAIN[bytes[end] as number] === 1) end++;
    const after = bytes[end];
    const endsLine = end === size || after === LF || after === CR;
    const last = bytes[end - 1];
    const hasSpaceAtEnd = endsLine && end > i && (last === SPACE || last === TAB);
    const plainEnd = hasSpaceAtEnd ? end - 1 : end;
    while (i < plainEnd) {
      if (column === LONGEST) breakLine();
      const length = Math.min(plainEnd - i, LONGEST - column);
      bytes.copy(out, to, i, i + length);
      to += length;
      column += length;
      i += length;
    }
    if (hasSpaceAtEnd) writeHex(bytes[i++] as number);
    if (i === size) break;
    const byte = bytes[i++] as number;
    if (byte === CR || byte === LF) {
      if (byte === CR && bytes[i] === LF) i++;
      out[to++] = CR;
      out[to++] = LF;
      column = 0;
    } else writeHex(byte);
  }
  return out.subarray(0, to);
}
