import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction, rows, sql } from "../../platform/db.ts";
import type { Batch } from "../../profiles/contracts.ts";
import { createTemplate } from "../templates/save-template.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { createTrackingTokens } from "./tokens.ts";

let office: PostOffice;
let template: string;
let keys = 0;

beforeAll(async () => {
  office = await openPostOffice({ smtp: false });
  const created = await createTemplate(office.deps, {
    name: "Offer",
    channel: "email",
    purpose: "marketing",
    default_language: "en",
    contents: {
      tr: {
        subject: "Teklif",
        body: '<mjml><mj-body><mj-section><mj-column><mj-button href="https://shop.test/a?x=1&amp;y=2">Git</mj-button></mj-column></mj-section></mj-body></mjml>',
      },
      en: { subject: "Offer", body: "Hello" },
    },
  });
  template = created.id;
});
afterAll(() => office.close());

async function send(): Promise<{ id: string; person: string; html: string }> {
  const person = office.addPerson({ email: `p${++keys}@example.com`, language: "tr" });
  const [id = ""] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: `t:${keys}`, profileId: person, templateId: template }]),
  );
  await office.messages.sendDue();
  const mail = await office.app.inject(`/v1/mailbox/${id}`);
  return { id, person, html: mail.json().html };
}

const path = (html: string, kind: "o" | "c" | "u") =>
  new RegExp(`http://kilim\\.test(/t/${kind}/[\\w.-]+)`).exec(html)?.[1] ?? "";
const news = async (id: string) =>
  (await office.events()).filter((event) => event.properties.message_id === id && event.name !== "Email Sent");
const browser = { "user-agent": "Mozilla/5.0 (iPhone)" };

test("the built-in mailbox keeps what would have been sent", async () => {
  const { id } = await send();
  const list = (await office.app.inject("/v1/mailbox?limit=1")).json();
  expect(list.items[0]).toMatchObject({
    id,
    subject: "Teklif",
    to: `p${keys}@example.com`,
    from: "Kilim <hello@kilim.test>",
  });
  const mail = (await office.app.inject(`/v1/mailbox/${id}`)).json();
  expect(mail.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  expect(mail.text).toContain("https://shop.test/a?x=1&y=2");
});

test("opening and clicking are each one event, however often; the click leads to the very address", async () => {
  const { id, person, html } = await send();
  for (const _again of [1, 2]) {
    const pixel = await office.app.inject({ url: path(html, "o"), headers: browser });
    expect(pixel.headers["content-type"]).toBe("image/gif");
    const click = await office.app.inject({ url: path(html, "c"), headers: browser });
    expect(click.statusCode).toBe(302);
    expect(click.headers.location).toBe("https://shop.test/a?x=1&y=2");
  }
  const events = await news(id);
  expect(events.map((event) => event.name)).toEqual(["Email Opened", "Email Clicked"]);
  expect(events[1]).toMatchObject({
    profileId: person,
    channel: "email",
    properties: { url: "https://shop.test/a?x=1&y=2" },
  });
});

test("MSG-12 scanners, prefetches and HEAD get their answer and are no opening or click", async () => {
  const { id, html } = await send();
  for (const request of [
    { method: "HEAD" as const, headers: browser },
    { method: "GET" as const, headers: { ...browser, "sec-purpose": "prefetch" } },
    { method: "GET" as const, headers: { "user-agent": "Barracuda Sentinel scanner" } },
  ]) {
    expect((await office.app.inject({ ...request, url: path(html, "c") })).statusCode).toBe(302);
    expect((await office.app.inject({ ...request, url: path(html, "o") })).statusCode).toBe(200);
  }
  expect(await news(id)).toEqual([]);
});

test("STATUS-4 what a privacy proxy fetches is marked on the message and is no opening; the click that follows counts", async () => {
  const { id, html } = await send();
  const proxy = { "user-agent": "Mozilla/5.0" };
  for (let i = 0; i < 2; i++) await office.app.inject({ url: path(html, "o"), headers: proxy });
  const shown = (await office.app.inject({ url: `/v1/messages/${id}` })).json<Record<string, unknown>>();
  expect([shown.opened_at, typeof shown.machine_opened_at]).toEqual([null, "string"]);
  expect(await news(id)).toEqual([]);
  await office.app.inject({ url: path(html, "c"), headers: proxy });
  expect((await news(id)).map(({ name }) => name)).toEqual(["Email Clicked"]);
});

test("MSG-5 forged tokens open no redirect, no page and no consent", async () => {
  const { html } = await send();
  const forged = path(html, "c").replace(/(.)\.(.)/, (_all, a, b) => `${a === "A" ? "B" : "A"}.${b}`);
  const click = await office.app.inject({ url: forged, headers: browser });
  expect(click.statusCode).toBe(404);
  expect(click.headers.location).toBeUndefined();
  expect((await office.app.inject({ url: "/t/o/forged", headers: browser })).statusCode).toBe(200);
  expect((await office.app.inject({ url: "/t/u/forged" })).statusCode).toBe(404);
  const asOpen = path(html, "o").replace("/t/o/", "/t/u/");
  const post = await office.app.inject({
    method: "POST",
    url: asOpen,
    headers: form,
    payload: "List-Unsubscribe=One-Click",
  });
  expect(post.statusCode).toBe(404);
});

const form = { "content-type": "application/x-www-form-urlencoded" };

test("MSG-13 GET of the unsubscribe link asks in her language and changes nothing", async () => {
  const { id, html } = await send();
  const page = await office.app.inject({ url: path(html, "u"), headers: browser });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain("Abonelikten çık");
  expect(page.body).toContain('<form method="post">');
  expect(await news(id)).toEqual([]);
});

test("MSG-13 one-click: the body alone unsubscribes, and what waits already is not sent", async () => {
  const { id, person, html } = await send();
  const unsubscribe = path(html, "u");
  const refused = await office.app.inject({ method: "POST", url: unsubscribe, headers: form, payload: "x=1" });
  expect(refused.statusCode).toBe(400);
  expect(await news(id)).toEqual([]);

  const post = await office.app.inject({
    method: "POST",
    url: unsubscribe,
    headers: form,
    payload: "List-Unsubscribe=One-Click",
  });
  expect(post.statusCode).toBe(200);
  const [event] = await news(id);
  expect(event).toMatchObject({
    name: "Consent Changed",
    profileId: person,
    properties: { channel: "email", purpose: "marketing", state: "denied", source: "unsubscribe_link" },
  });

  // The event has not been folded: her profile still says "granted".
  const [next = ""] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: "after", profileId: person, templateId: template }]),
  );
  await office.messages.sendDue();
  const sent = (await office.app.inject(`/v1/messages?profile=${person}&limit=1`)).json();
  expect(sent.items[0]).toMatchObject({ id: next, status: "skipped", reason: "unsubscribed" });

  // A consent given afterwards counts again.
  office.world.clock.advance("PT1H");
  office.changeConsent(person, {
    state: "granted",
    at: office.world.clock.now().toString(),
    source: "preference page",
  });
  await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: "again", profileId: person, templateId: template }]),
  );
  await office.messages.sendDue();
  const again = (await office.app.inject(`/v1/messages?profile=${person}&limit=1`)).json();
  expect(again.items[0]).toMatchObject({ status: "sent" });
});

test("MSG-13 the link in an SMS takes back SMS, says so, and leaves mail alone", async () => {
  const contents = { en: { text: "Sale {{ unsubscribe_url }}" } };
  const made = { name: "S", channel: "sms", purpose: "marketing", default_language: "en", contents } as const;
  const sms = await createTemplate(office.deps, made);
  const person = office.addPerson({ email: "s@example.com", phone: "+905550007788" });
  const queue = async (key: string, templateId: string) => {
    const message = { key, profileId: person, templateId };
    const [id = ""] = await inTransaction(office.world.db, (tx) => office.messages.enqueue(tx, [message]));
    return id;
  };
  const id = await queue("sms", sms.id);
  const url = `/t/u/${createTrackingTokens(office.deps.secrets).unsubscribe(id)}`;
  expect((await office.app.inject({ url, headers: browser })).body).toContain("offers and news by SMS?");
  const payload = "List-Unsubscribe=One-Click";
  const done = await office.app.inject({ method: "POST", url, headers: form, payload });
  expect(done.body).toContain("no more offers or news from us by SMS.");
  const [event] = (await news(id)).filter(({ name }) => name === "Consent Changed");
  expect(event).toMatchObject({ channel: "sms", properties: { channel: "sms", state: "denied" } });
  const mail = await queue("mail", template);
  await office.messages.sendDue();
  const { items } = (await office.app.inject(`/v1/messages?profile=${person}`)).json();
  const status = (wanted: string) => items.find((one: { id: string }) => one.id === wanted)?.status;
  expect([status(id), status(mail)]).toEqual(["skipped", "sent"]);
});

test("one-click also comes as multipart", async () => {
  const { id, html } = await send();
  const payload = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  expect((await office.app.inject({ method: "POST", url: path(html, "u"), headers, payload })).statusCode).toBe(200);
  expect((await news(id)).map((event) => event.name)).toEqual(["Consent Changed"]);
});

test("a merged person's messages follow, over more than one step", async () => {
  const { id, person } = await send();
  const [middle, last] = [office.addPerson({}), office.addPerson({})];
  await inTransaction(office.world.db, (tx) =>
    office.messages.onMerge(tx, [
      { from: person, into: middle },
      { from: middle, into: last },
    ]),
  );
  const list = (await office.app.inject(`/v1/messages?profile=${last}`)).json();
  expect(list.items.map((item: { id: string }) => item.id)).toEqual([id]);
});

test("MSG-14 an order within five days is noted on the message clicked last, once", async () => {
  const first = await send();
  const now = () => office.world.clock.now().toString({ smallestUnit: "millisecond" });
  office.world.clock.advance("PT1H");
  const order = (profileId: string, orderId: string, historical = false) =>
    inTransaction(office.world.db, async (tx) =>
      office.messages.onBatch(tx, {
        now: office.world.clock.now(),
        events: [
          {
            profileId,
            event: {
              name: "Order Completed",
              historical,
              timestamp: now(),
              messageId: orderId,
              properties: { order_id: orderId },
            },
          },
        ],
        profiles: new Map(),
        changed: new Map(),
        merges: [],
      } as unknown as Batch),
    );
  await order(first.person, "imported", true);
  await order(first.person, "o-1");
  await order(first.person, "o-2");
  const late = await send();
  office.world.clock.advance("PT121H");
  await order(late.person, "o-3");
  const found = await rows(
    office.world.db,
    sql<{ id: string; order_id: string | null }>`
      select id, order_id from messages.messages where id in (${first.id}, ${late.id}) order by id`,
  );
  expect(found).toEqual([
    { id: first.id, order_id: "o-1" },
    { id: late.id, order_id: null },
  ]);
});
