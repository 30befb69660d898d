import { setTimeout } from "node:timers/promises";

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { saveRules } from "../../consent/queries/rules.pg.ts";
import { inTransaction, rows, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { claimDue } from "../queries/claim-due.pg.ts";
import { LANES } from "../queries/insert-messages.pg.ts";
import { createTemplate } from "../templates/save-template.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";

let office: PostOffice;
let marketing: string;
let receipt: string;

const body = (text: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${text}</mj-text><mj-button href="{{ cart.url }}">Go</mj-button></mj-column></mj-section></mj-body></mjml>`;

beforeAll(async () => {
  office = await openPostOffice();
  const make = (purpose: "marketing" | "transactional") =>
    createTemplate(office.deps, {
      name: purpose,
      channel: "email",
      purpose,
      default_language: "en",
      contents: {
        en: {
          subject: "Hello {{ person.first_name }}",
          body: body(
            "Hi {{ person.first_name }}{% for i in cart.items %}, {{ i.title }}: only {{ i.stock }} left{% endfor %}",
          ),
        },
        tr: { subject: "Merhaba {{ person.first_name }}", body: body("Selam {{ person.first_name }}") },
      },
    });
  marketing = (await make("marketing")).id;
  receipt = (await make("transactional")).id;
});
afterAll(() => office.close());
beforeEach(() => {
  office.mail.received.length = 0;
  office.mail.sources.length = 0;
  office.mail.onMail = async () => {};
});

let keys = 0;
async function queue(
  profileId: string,
  templateId = marketing,
  run?: { runId: string; node: string },
): Promise<string> {
  const journey = run && { journeyId: newId(office.world.clock), ...run };
  const key = run ? `run:${run.runId}:${run.node}` : `test:${++keys}`;
  const [id] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key, profileId, templateId, ...(journey ? { journey } : {}) }]),
  );
  return id ?? "";
}

interface Row {
  status: string;
  reason: string | null;
  attempts: number;
  subject: string | null;
}
async function load(id: string): Promise<Row> {
  const [row] = await rows(
    office.world.db,
    sql<Row>`select status, reason, attempts, subject from messages.messages where id = ${id}`,
  );
  if (!row) throw new Error(`no message ${id}`);
  return row;
}
const eventsOf = async (id: string) =>
  (await office.events()).filter((event) => event.properties.message_id === id).map((event) => event.name);

test("a message goes out by SMTP in her language, with text, one-click headers and its own Message-ID", async () => {
  const person = office.addPerson({ first_name: "Zeynep", email: "zeynep@example.com", language: "tr-TR" });
  const id = await queue(person);
  await office.messages.sendDue();

  const [mail] = office.mail.received;
  expect(mail?.subject).toBe("Merhaba Zeynep");
  expect(mail?.messageId).toBe(`<${id}@kilim.test>`);
  expect(mail?.text).toContain("Selam Zeynep");
  expect(office.mail.sources[0]).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  expect(mail?.headers.get("list")).toMatchObject({ unsubscribe: { url: expect.stringContaining("/t/u/") } });
  expect(await load(id)).toMatchObject({ status: "sent", subject: "Merhaba Zeynep" });
  expect(await eventsOf(id)).toEqual(["Email Sent"]);
});

test("MSG-4 the stock in the mail is that of the moment of sending", async () => {
  const person = office.addPerson({ first_name: "Ayu", email: "ayu@example.com" });
  office.carts.set(person, {
    items: [
      {
        variant_id: "v1",
        product_id: "p1",
        title: "Shoe",
        size: "38",
        color: null,
        image_url: null,
        price: { amount: 100, currency: "EUR" },
        quantity: 1,
      },
    ],
  });
  office.stock.set("v1", 9);
  await queue(person);
  office.stock.set("v1", 1);
  await office.messages.sendDue();
  expect(office.mail.received[0]?.text).toContain("Shoe: only 1 left");
});

test("MSG-1 one message per run and node, however often it is asked for and however many workers send", async () => {
  const person = office.addPerson({ first_name: "Ann", email: "ann@example.com" });
  const runs = Array.from({ length: 20 }, () => newId(office.world.clock));
  for (const _again of [1, 2]) {
    await Promise.all(runs.map((runId) => queue(person, marketing, { runId, node: "mail" })));
  }
  const workers = [office.messages, office.anotherWorker(), office.anotherWorker(), office.anotherWorker()];
  await Promise.all(workers.map((worker) => worker.sendDue()));
  expect(office.mail.received).toHaveLength(20);
  expect(new Set(office.mail.received.map((mail) => mail.messageId)).size).toBe(20);
});

test.each([
  ["no_consent", { email: "a@example.com" }, {}],
  [
    "consent_denied",
    { email: "a@example.com" },
    { email: { marketing: { state: "denied" as const, at: "2026-01-01T00:00:00Z", source: "t" } } },
  ],
  ["no_address", { first_name: "x" }, undefined],
  ["no_address", { email: "a@example.com, b@example.com" }, undefined],
  ["no_address", { email: "a@example.com\r\nBcc: b@example.com" }, undefined],
])("MSG-2 marketing is skipped with reason %s", async (reason, traits, consent) => {
  const id = await queue(office.addPerson(traits as Record<string, string>, consent));
  await office.messages.sendDue();
  expect(office.mail.received).toHaveLength(0);
  expect(await load(id)).toMatchObject({ status: "skipped", reason });
  expect(await eventsOf(id)).toEqual(["Email Skipped"]);
});

test("MSG-2 what is owed to a person needs no consent", async () => {
  const id = await queue(office.addPerson({ email: "r@example.com" }, {}), receipt);
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "sent" });
  expect(office.mail.sources[0]).not.toContain("List-Unsubscribe");
});

test("MSG-2 consent withdrawn between queue and send is heeded", async () => {
  const person = office.addPerson({ email: "w@example.com" });
  const id = await queue(person);
  office.changeConsent(person, { state: "denied", at: "2026-03-02T09:00:00.000Z", source: "t" });
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "skipped", reason: "consent_denied" });
});

test("CON-7 marketing waits for the end of the person's quiet hours, which costs it no try; a receipt does not wait", async () => {
  const quiet = { quiet_hours: [{ channels: ["email"], from: "18:00", to: "20:00" }] };
  await inTransaction(office.world.db, (tx) => saveRules(tx, JSON.stringify(quiet), "test", "2026-03-02T09:00:00Z"));
  const person = office.addPerson({ email: "night@example.com", timezone: "Australia/Lord_Howe" });
  const now = office.world.clock.now().toZonedDateTimeISO("Australia/Lord_Howe");
  const evening = now.with({ hour: 19, minute: 0, second: 0 }).add({ days: now.hour >= 19 ? 1 : 0 });
  office.world.clock.advance(now.until(evening, { largestUnit: "hours" }).toString());
  const waits = await queue(person);
  const goes = await queue(person, receipt);
  await office.messages.sendDue();
  expect(await load(waits)).toMatchObject({ status: "queued", reason: "quiet_hours", attempts: 0 });
  expect(await load(goes)).toMatchObject({ status: "sent" });
  const end = evening.add({ hours: 1 }).toInstant().toString({ smallestUnit: "millisecond" });
  expect(await office.messages.nextDue()).toBe(end);
  office.world.clock.advance("PT1H");
  await office.messages.sendDue();
  expect(await load(waits)).toMatchObject({ status: "sent", reason: null, attempts: 1 });
  await inTransaction(office.world.db, (tx) => saveRules(tx, "{}", "test", "2026-03-02T09:00:00Z"));
});

test("MSG-9 a temporary refusal is tried again later with the same Message-ID", async () => {
  const id = await queue(office.addPerson({ email: "later@example.com" }));
  office.mail.refuseNext(451, "4.3.0 try again");
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "queued", attempts: 1 });
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ attempts: 1 });
  office.world.clock.advance("PT2M");
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "sent", attempts: 2 });
  expect(office.mail.received[0]?.messageId).toBe(`<${id}@kilim.test>`);
});

test("MSG-9 a final refusal fails; an address that does not exist is written to never again", async () => {
  const person = office.addPerson({ email: "gone@example.com" });
  const refused = await queue(person);
  office.mail.refuseNext(554, "5.7.1 policy");
  await office.messages.sendDue();
  expect(await load(refused)).toMatchObject({ status: "failed" });

  const bounced = await queue(person);
  office.mail.refuseNext(550, "5.1.1 no such user");
  await office.messages.sendDue();
  expect(await load(bounced)).toMatchObject({ status: "bounced" });
  expect(await eventsOf(bounced)).toEqual(["Email Bounced"]);

  const next = await queue(person, receipt);
  await office.messages.sendDue();
  expect(await load(next)).toMatchObject({ status: "skipped", reason: "suppressed_bounced" });
});

test("a server that is away delays mail and loses none", async () => {
  const id = await queue(office.addPerson({ email: "away@example.com" }));
  const { app } = office;
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: "smtp://127.0.0.1:1" } });
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "queued", attempts: 1 });
  const shown = await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: null } });
  expect(shown.json()).toMatchObject({ delivery: "smtp", smtp_source: "environment" });
  office.world.clock.advance("PT2M");
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "sent" });
});

test("MSG-3 a worker that dies between claim and send: another takes over when the lease is out", async () => {
  const id = await queue(office.addPerson({ email: "crash@example.com" }));
  const now = office.world.clock.now();
  const { messages: claimed } = await claimDue(office.world.db, {
    claim: newId(office.world.clock),
    now: now.toString(),
    leaseUntil: now.add({ minutes: 5 }).toString(),
    lane: LANES.marketing,
    channel: "email",
    limit: 10,
    busy: [],
    pace: null,
  });
  expect(claimed.map((message) => message.id)).toEqual([id]);
  const survivor = office.anotherWorker();
  await survivor.sendDue();
  expect(office.mail.received).toHaveLength(0);
  office.world.clock.advance("PT5M");
  await survivor.sendDue();
  expect(office.mail.received).toHaveLength(1);
  expect(await load(id)).toMatchObject({ status: "sent", attempts: 2 });
});

test("MSG-3 a lease that runs out while the mail is under way: one end is written, one event told", async () => {
  const id = await queue(office.addPerson({ email: "slow@example.com" }));
  const other = office.anotherWorker();
  office.mail.onMail = async () => {
    office.mail.onMail = async () => {};
    office.world.clock.advance("PT6M");
    await office.messages.nextDue();
    await other.sendDue();
  };
  await office.messages.sendDue();
  expect(new Set(office.mail.received.map((mail) => mail.messageId))).toEqual(new Set([`<${id}@kilim.test>`]));
  expect(await eventsOf(id)).toEqual(["Email Sent"]);
});

test("MSG-3 a jump of the clock does not make a worker send what it still has in its hands", async () => {
  await queue(office.addPerson({ email: "jump@example.com" }));
  let again: Promise<number> = Promise.resolve(0);
  office.mail.onMail = async () => {
    office.mail.onMail = async () => {};
    office.world.clock.advance("PT48H");
    again = office.messages.sendDue();
    await setTimeout(50);
  };
  await office.messages.sendDue();
  expect(await again).toBe(0);
  expect(office.mail.received).toHaveLength(1);
});

test("MSG-10 a cancelled run's message is skipped, also when a worker has it already", async () => {
  const person = office.addPerson({ email: "cancel@example.com" });
  const [waiting, underWay] = [newId(office.world.clock), newId(office.world.clock)];
  const first = await queue(person, marketing, { runId: underWay, node: "mail" });
  const now = office.world.clock.now();
  await claimDue(office.world.db, {
    claim: newId(office.world.clock),
    now: now.toString(),
    leaseUntil: now.add({ minutes: 5 }).toString(),
    lane: LANES.marketing,
    channel: "email",
    limit: 1,
    busy: [],
    pace: null,
  });
  const second = await queue(person, marketing, { runId: waiting, node: "mail" });
  await inTransaction(office.world.db, (tx) => office.messages.cancel(tx, [waiting, underWay], "journey_ended"));
  expect(await load(second)).toMatchObject({ status: "skipped", reason: "journey_ended" });
  office.world.clock.advance("PT5M");
  await office.messages.sendDue();
  expect(await load(first)).toMatchObject({ status: "skipped", reason: "journey_ended" });
  expect(office.mail.received.map((mail) => mail.to)).toEqual([]);
});

test("MSG-11 the cap counts marketing only, per person and window", async () => {
  const { app, world } = office;
  await app.inject({
    method: "PUT",
    url: "/v1/channels/email",
    payload: { frequency_cap: { messages: 1, per: "P1D" } },
  });
  const person = office.addPerson({ email: "cap@example.com" });
  const [first, second, third] = [await queue(person), await queue(person), await queue(person, receipt)];
  await office.messages.sendDue();
  const states = await Promise.all([first, second].map(load));
  expect(states.map((row) => row.reason ?? row.status).sort()).toEqual(["frequency_cap", "sent"]);
  expect(await load(third)).toMatchObject({ status: "sent" });
  world.clock.advance("PT24H");
  const later = await queue(person);
  await office.messages.sendDue();
  expect(await load(later)).toMatchObject({ status: "sent" });
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { frequency_cap: null } });
});

test("MSG-7, MSG-8 a name with HTML, Liquid and line breaks does no harm on the wire", async () => {
  const name = "Eve <b>x</b> {{ brand.name }}\r\nBcc: all@example.com";
  await queue(office.addPerson({ email: "eve@example.com", first_name: name }));
  await office.messages.sendDue();
  const [mail] = office.mail.received;
  expect(mail?.subject).toBe("Hello Eve <b>x</b> {{ brand.name }} Bcc: all@example.com");
  expect(mail?.bcc).toBeUndefined();
  expect(mail?.html).toContain("Eve &lt;b&gt;x&lt;/b&gt; {{ brand.name }}");
});

test("a sign-in code is mailed without tracking, and its text is not kept", async () => {
  await office.messages.sendMail({
    to: "code@example.com",
    subject: "Your code",
    text: "123456",
    html: "<p>123456 <a href='https://a.test'>a</a></p>",
  });
  await office.messages.sendDue();
  expect(office.mail.received[0]?.text).toContain("123456");
  expect(office.mail.received[0]?.html).not.toContain("/t/");
  const kept = await rows(
    office.world.db,
    sql<{
      all: string;
    }>`select row_to_json(m)::text as all from messages.messages m where address = 'code@example.com'`,
  );
  expect(kept).toHaveLength(1);
  expect(kept[0]?.all).not.toContain("123456");
});

test("MSG-2 a code goes to no address that is suppressed, and says why it did not", async () => {
  const to = "complained@example.com";
  const suppression = { address: to, channel: "email" };
  const put = await office.app.inject({ method: "POST", url: "/v1/suppressions", payload: suppression });
  expect(put.statusCode).toBeLessThan(300);
  const kept = () =>
    rows(office.world.db, sql`select status, reason from messages.messages where address = ${to} order by id`);
  const code = { to, subject: "Your code", text: "123456", html: "<p>123456</p>" };
  await office.messages.sendMail(code);
  await office.messages.sendDue();
  expect(await kept()).toEqual([{ status: "skipped", reason: "suppressed_manual" }]);
  expect(office.mail.received).toHaveLength(0);
});

test("a receipt stands among the person's messages under its subject, and its text is not kept", async () => {
  const profileId = office.addPerson({ email: "mine@example.com" });
  const mail = { to: "mine@example.com", subject: "Receipt K-1", text: "Two shirts", html: "<p>Two shirts</p>" };
  await office.messages.sendMail({ ...mail, listed: { profileId } });
  await office.messages.sendDue();
  const shown = await office.app.inject({ method: "GET", url: `/v1/messages?profile=${profileId}` });
  expect(shown.json().items).toMatchObject([{ subject: "Receipt K-1", status: "sent", profile_id: profileId }]);
  const kept = await rows(
    office.world.db,
    sql<{ all: string }>`select row_to_json(m)::text as all from messages.messages m where profile_id = ${profileId}`,
  );
  expect(kept[0]?.all).not.toContain("shirts");
});

test("the SMTP password is sealed at rest and never shown", async () => {
  const put = await office.app.inject({
    method: "PUT",
    url: "/v1/channels/email",
    payload: { smtp_url: "smtp://user:hunter2@mail.example.com:587", from: "Shop <shop@example.com>" },
  });
  expect(put.json()).toMatchObject({
    smtp_host: "mail.example.com:587",
    smtp_source: "screen",
    from: "Shop <shop@example.com>",
  });
  const kept = await rows(
    office.world.db,
    sql<{ all: string }>`select row_to_json(c)::text as all from messages.channels c`,
  );
  expect(kept[0]?.all).not.toContain("hunter2");
  await office.app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: null, from: null } });
});

test("MSG-15 a slow server that holds marketing up does not hold a sign-in code back", async () => {
  for (let i = 0; i < 20; i++) await queue(office.addPerson({ email: `slow${i}@example.com` }));
  const arrived = Promise.withResolvers<void>();
  office.mail.onMail = async () => {
    if (office.mail.received.at(-1)?.subject === "Your code") arrived.resolve();
    else await arrived.promise;
  };
  const worker = office.anotherWorker();
  await worker.start?.();
  await vi.waitFor(() => expect(office.mail.received.length).toBeGreaterThanOrEqual(5));
  await office.messages.sendMail({ to: "quick@example.com", subject: "Your code", text: "1", html: "<p>1</p>" });
  await arrived.promise;
  expect(office.mail.received.length).toBeLessThan(21);
  await vi.waitFor(() => expect(office.mail.received).toHaveLength(21), { timeout: 10_000 });
  await worker.stop?.();
});

test("a stop finishes what is under way and gives back the rest", async () => {
  const crowd = await Promise.all(
    Array.from({ length: 60 }, (_, i) => queue(office.addPerson({ email: `stop${i}@example.com` }))),
  );
  const worker = office.anotherWorker();
  const first = Promise.withResolvers<void>();
  office.mail.onMail = async () => {
    first.resolve();
    await setTimeout(20);
  };
  await worker.start?.();
  await first.promise;
  await worker.stop?.();
  const states = (await Promise.all(crowd.map(load))).map(({ status, attempts }) => `${status} ${attempts}`);
  expect(new Set(states)).toEqual(new Set(["sent 1", "queued 0"]));
  expect(office.mail.received).toHaveLength(states.filter((state) => state === "sent 1").length);
  await office.messages.sendDue();
  expect(office.mail.received).toHaveLength(60);
});

test("a stop cuts off a server that does not answer; its mail is tried again", async () => {
  const id = await queue(office.addPerson({ email: "hangs@example.com" }));
  const worker = office.anotherWorker();
  const heard = Promise.withResolvers<void>();
  office.mail.onMail = async () => {
    office.mail.onMail = async () => {};
    heard.resolve();
    await new Promise(() => {});
  };
  await worker.start?.();
  await heard.promise;
  const began = performance.now();
  await worker.stop?.();
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(await load(id)).toMatchObject({ status: "queued", attempts: 1 });
  office.world.clock.advance("PT2M");
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "sent" });
});

test("MSG-17 what was given up is listed and can be sent again, with the same Message-ID", async () => {
  const id = await queue(office.addPerson({ email: "again@example.com" }));
  office.mail.refuseNext(554, "5.7.1 policy");
  await office.messages.sendDue();
  const listed = await office.app.inject("/v1/messages?status=given_up&limit=1");
  expect(listed.json().items[0]).toMatchObject({ id, status: "failed" });
  const again = await office.app.inject({ method: "POST", url: `/v1/messages/${id}/resend` });
  expect(again.json()).toMatchObject({ status: "queued", reason: null });
  await office.messages.sendDue();
  expect(await load(id)).toMatchObject({ status: "sent" });
  expect(office.mail.received.map((mail) => mail.messageId)).toEqual([`<${id}@kilim.test>`]);
  const twice = await office.app.inject({ method: "POST", url: `/v1/messages/${id}/resend` });
  expect(twice.statusCode).toBe(409);
});

test("MSG-17 a receipt made elsewhere is sent again as it was made; a code is not kept, and it is said why", async () => {
  const mail = { subject: "Your receipt", text: "42 TRY", html: "<p>42 TRY</p>" };
  const giveUp = async (to: string, listed?: { profileId: null }) => {
    await office.messages.sendMail({ ...mail, to, ...(listed ? { listed } : {}) });
    office.mail.refuseNext(554, "5.7.1 policy");
    await office.messages.sendDue();
    const { items } = (await office.app.inject("/v1/messages?status=given_up&limit=1")).json();
    return items[0] as { id: string; can_resend: boolean };
  };
  const resend = (id: string) => office.app.inject({ method: "POST", url: `/v1/messages/${id}/resend` });
  const receipt = await giveUp("receipt@example.com", { profileId: null });
  expect(receipt.can_resend).toBe(true);
  expect((await resend(receipt.id)).statusCode).toBe(200);
  await office.messages.sendDue();
  expect(office.mail.received.map(({ text, messageId }) => [text?.trim(), messageId])).toEqual([
    ["42 TRY", `<${receipt.id}@kilim.test>`],
  ]);
  expect(await load(receipt.id)).toMatchObject({ status: "sent" });
  office.world.clock.advance("PT1S");
  const code = await giveUp("code@example.com");
  expect(code.can_resend).toBe(false);
  expect((await resend(code.id)).json()).toMatchObject({ status: 409, code: "message_not_kept" });
});

test("MSG-18 a provider that fails again and again is left alone for a while; what waits keeps its tries", async () => {
  const { app, world } = office;
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: "smtp://127.0.0.1:1" } });
  const ids = await Promise.all(
    Array.from({ length: 40 }, (_, i) => queue(office.addPerson({ email: `b${i}@example.com` }))),
  );
  await office.messages.sendDue();
  const tried = (await Promise.all(ids.map(load))).map(({ attempts }) => attempts);
  expect(tried.filter((n) => n === 1).length).toBeLessThan(40);
  expect(tried.filter((n) => n === 0).length).toBeGreaterThan(0);
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: null } });
  for (let i = 0; i < 4; i++) {
    world.clock.advance("PT1M");
    await office.messages.sendDue();
  }
  expect((await Promise.all(ids.map(load))).every(({ status }) => status === "sent")).toBe(true);
});

test("MSG-19 an account's rate holds over all nodes and lanes", async () => {
  const { app, world } = office;
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: office.mail.url } });
  await sql`update messages.accounts set rate_per_second = 5, version = version + 1 where is_default`.execute(world.db);
  const ids = await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      queue(office.addPerson({ email: `pace${i}@example.com` }), i % 2 === 0 ? marketing : receipt),
    ),
  );
  const other = office.anotherWorker();
  const counts: number[] = [];
  for (let second = 0; second < 6; second++) {
    await Promise.all([office.messages.sendDue(), other.sendDue()]);
    counts.push(office.mail.received.length);
    world.clock.advance("PT1S");
  }
  expect(counts).toEqual([5, 10, 15, 20, 24, 24]);
  expect((await Promise.all(ids.map(load))).every(({ status, attempts }) => status === "sent" && attempts === 1)).toBe(
    true,
  );
  await app.inject({ method: "PUT", url: "/v1/channels/email", payload: { smtp_url: null } });
});
