import fc from "fast-check";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";

import { buildMime } from "./mime.ts";
import { QuotedPrintable } from "./quoted-printable.ts";

const mail = {
  messageId: "<1@kilim.test>",
  from: "Dokuma Atölyesi <hello@kilim.test>",
  to: "jane@example.com",
  subject: "Çok güzel: a subject that is long enough to be folded by whoever writes it, with an ı and an ş",
  html: "<p>Şık</p>",
  text: "Şık",
  date: new Date("2026-03-02T09:00:00Z"),
  headers: { "List-Unsubscribe": "<https://kilim.test/t/u/x>" },
};

test("a mail is read back as it was written: names, subject, both bodies, headers of ours", async () => {
  const read = await simpleParser(buildMime(mail));
  expect(read.subject).toBe(mail.subject);
  expect(read.from?.value).toEqual([{ name: "Dokuma Atölyesi", address: "hello@kilim.test" }]);
  expect(read.messageId).toBe("<1@kilim.test>");
  expect(read.date).toEqual(mail.date);
  expect(read.html).toBe(mail.html);
  expect(read.text?.trim()).toBe(mail.text);
  expect(read.headers.get("list")).toMatchObject({ unsubscribe: { url: "https://kilim.test/t/u/x" } });
});

test("any text comes back whole, with line breaks as CRLF", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom("a", " ", "\t", "=", ".", "ş", "🧶", "\r", "\n", "~", "\u0000"),
        maxLength: 400,
      }),
      (text) => {
        const out = new QuotedPrintable();
        out.encode(text);
        const encoded = out.take().toString("latin1");
        for (const line of encoded.split("\r\n")) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^[\t\x20-\x7e]*$/);
          expect(line).not.toMatch(/[\t ]$/);
        }
        const decoded = encoded
          .replace(/=\r\n/g, "")
          .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        expect(Buffer.from(decoded, "latin1").toString("utf8")).toBe(text.replace(/\r\n|\r|\n/g, "\r\n"));
      },
    ),
  );
});

test("MSG-8 no value can begin another header", async () => {
  const read = await simpleParser(buildMime({ ...mail, subject: "a\r\nBcc: all@example.com", to: "x@example.com" }));
  expect(read.bcc).toBeUndefined();
});
