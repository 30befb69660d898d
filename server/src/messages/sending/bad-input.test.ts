import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction, one, sql } from "../../platform/db.ts";
import { buildMime } from "../channels/mime.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { addressOf } from "./address-of.ts";

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office.close());

const save = (body: string) =>
  office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: { name: "T", purpose: "transactional", contents: { en: { subject: "Hi", body } } },
  });
const publish = async (body: string) => (await save(body)).json<{ id: string }>().id;

let keys = 0;
async function send(template: string, traits: Record<string, string>) {
  const person = office.addPerson(traits);
  const [id = ""] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: `bad ${++keys}`, profileId: person, templateId: template }]),
  );
  await office.messages.sendDue();
  return await one(
    office.world.db,
    sql<{ status: string; reason: string | null }>`select status, reason from messages.messages where id = ${id}`,
  );
}

test("MSG-21 a template of 10 MB is refused with the reason; so is one that is merely too long, by its field", async () => {
  expect((await save("x".repeat(10_000_000))).json()).toMatchObject({ status: 413 });
  const long = (await save("x".repeat(200_001))).json();
  expect(long).toMatchObject({ status: 400, errors: [{ path: "contents.en.body" }] });
  const deep = (await save(`${"{% if a %}".repeat(40)}x${"{% endif %}".repeat(40)}`)).json();
  expect(deep).toMatchObject({ status: 400 });
  expect(JSON.stringify(deep.errors)).toContain("nested");
});

test.each(["a\0b", "a\ud800b"])("MSG-21 %j, which no engine keeps, is refused by its field", async (text) => {
  expect((await save(text)).json()).toMatchObject({ status: 400, errors: [{ path: "contents.en.body" }] });
  const found = await office.app.inject({ method: "GET", url: "/v1/messages?profile=%00" });
  expect(found.statusCode).toBe(400);
});

test("MSG-21 a template that never ends fails its own messages, with the reason, and nobody else's", async () => {
  const unending = (await save("{% for i in (1..100000000) %}{{ i }}{% endfor %}")).json();
  expect(unending).toMatchObject({ status: 400, errors: [{ path: "contents.en.body" }] });
  // For nobody it is short.
  const endless = await publish("{% for i in (1..person.children) %}{{ i }}{% endfor %}");
  const plain = await publish("Hello");
  expect(await send(endless, { email: "a@example.com", children: "100000000" })).toMatchObject({
    status: "failed",
    reason: expect.stringContaining("cannot be rendered"),
  });
  expect(await send(plain, { email: "b@example.com" })).toMatchObject({ status: "sent" });
});

test.each([
  ["jane+news@example.com", "jane+news@example.com"],
  ["jane@bücher.example", "jane@bücher.example"],
  ["şule@example.com", "şule@example.com"],
  [" o'neil@example.co.uk ", "o'neil@example.co.uk"],
  ['"jane doe"@example.com', null],
  ["jane@example.com, joe@example.com", null],
  ["Jane <jane@example.com>", null],
  ["jane@example.com>\r\nRCPT TO:<joe@example.com", null],
  ["jane@", null],
  ["jane@exam..ple.com", null],
])("MSG-21 %o is the address %o", (email, address) => expect(addressOf({ email })).toBe(address));

test("MSG-21 who has no address that can be written to is skipped with the reason", async () => {
  const plain = await publish("Hello");
  expect(await send(plain, { email: '"jane doe"@example.com' })).toEqual({ status: "skipped", reason: "no_address" });
});

test("MSG-8 neither a sender, a recipient, a subject nor a header of ours begins another header", () => {
  const mail = {
    messageId: "<1@kilim.test>",
    from: "Eve\r\nBcc: all@example.com <eve@example.com>",
    replyTo: "Eve\r\nX-Evil: 1 <eve@example.com>",
    to: "jane@example.com\r\nX-Evil: 2",
    subject: "Hi\r\nX-Evil: 3\u2028",
    html: "<p>x</p>",
    text: "x",
    date: new Date("2026-03-02T09:00:00Z"),
    headers: { "List-Unsubscribe": "<https://kilim.test/\r\nX-Evil: 4>" },
  };
  const [head = ""] = buildMime(mail).toString("latin1").split("\r\n\r\n");
  const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(":")));
  expect(names).toEqual([
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Message-ID",
    "Date",
    "List-Unsubscribe",
    "MIME-Version",
    "Content-Type",
  ]);
});
