import { createHmac, createSign, generateKeyPairSync } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { inTransaction, one, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { createTemplate } from "../templates/save-template.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";

let office: PostOffice;
let template: string;
let serial = 0;

beforeAll(async () => {
  office = await openPostOffice();
  const contents = { en: { subject: "Hi", body: "Hello" } };
  const body = { name: "T", channel: "email", purpose: "marketing", default_language: "en", contents } as const;
  template = (await createTemplate(office.deps, body)).id;
});
afterAll(() => office.close());
beforeEach(() => office.world.clock.advance("PT1M"));

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const HOOK_KEY = publicKey.export({ format: "der", type: "spki" }).toString("base64");

async function addAccount(provider: string, parts: object): Promise<string> {
  const payload = { channel: "email", provider, name: `${provider} ${++serial}`, ...parts };
  const answer = await office.app.inject({ method: "POST", url: "/v1/channels/accounts", payload });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
}

/** A mail that its provider has taken. */
async function sentBy(accountId: string, columns: { status?: string; provider_id?: string } = {}) {
  const email = `h${++serial}@example.com`;
  const person = office.addPerson({ email });
  const [id = ""] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: `hook ${serial}`, profileId: person, templateId: template }]),
  );
  const { status = "sent", provider_id = null } = columns;
  const at = office.world.clock.now().toString();
  await sql`
    update messages.messages set status = ${status}, address = ${email}, handed_at = ${at}, subject = 'Hi',
      sent_at = case when ${status} = 'sent' then ${at}::timestamptz end, provider_id = ${provider_id}, attempts = 1,
      account_id = case when ${status} = 'sent' then ${accountId}::uuid end, due_at = ${at}::timestamptz + interval '1 h'
    where id = ${id}`.execute(office.world.db);
  return { id, email, person };
}

interface Row {
  status: string;
  reason: string | null;
  delivered_at: string | null;
  deferred_at: string | null;
  bounced_at: string | null;
  complained_at: string | null;
  opened_at: string | null;
  machine_opened_at: string | null;
  clicked_at: string | null;
}
const rowOf = async (id: string) =>
  (await one(office.world.db, sql<Row>`select * from messages.messages where id = ${id}`)) as Row;
const toldOf = async (id: string) =>
  (await office.events()).filter((event) => event.properties.message_id === id).map((event) => event.name);
const isSuppressed = async (email: string) =>
  (
    await one(
      office.world.db,
      sql<{ reason: string }>`select reason from messages.suppressions where address = ${email}`,
    )
  )?.reason;

function post(account: string, body: string, headers: Record<string, string> = {}) {
  const url = `/v1/hooks/${account}`;
  return office.app.inject({
    method: "POST",
    url,
    payload: body,
    headers: { "content-type": "application/json", ...headers },
  });
}

function sendgrid(account: string, events: object[], key = privateKey, timestamp = String(seconds())) {
  const body = JSON.stringify(events);
  const signature = createSign("sha256")
    .update(timestamp + body)
    .sign(key, "base64");
  return post(account, body, {
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": timestamp,
  });
}
const seconds = () => Math.floor(office.world.clock.now().epochMilliseconds / 1000);
const sendgridAccount = () => addAccount("sendgrid", { secrets: { api_key: "k", hook_key: HOOK_KEY } });

test("STATUS-1 SendGrid: delivered, opened, clicked and complained are on the message, told once each", async () => {
  const account = await sendgridAccount();
  const { id, email } = await sentBy(account);
  const of = (event: string, more: object = {}) => ({ event, kilim_id: id, timestamp: seconds(), email, ...more });
  const events = [
    of("processed"),
    of("delivered", { response: "250 OK" }),
    of("open"),
    of("click", { url: "https://shop.example/a" }),
    of("spamreport"),
  ];
  expect((await sendgrid(account, events)).statusCode).toBe(200);
  expect((await sendgrid(account, events)).statusCode).toBe(200);
  const row = await rowOf(id);
  expect(row).toMatchObject({ status: "sent" });
  for (const at of [row.delivered_at, row.opened_at, row.clicked_at, row.complained_at]) expect(at).not.toBeNull();
  expect((await toldOf(id)).sort()).toEqual(["Email Clicked", "Email Complained", "Email Delivered", "Email Opened"]);
  expect(await isSuppressed(email)).toBe("complained");
});

test("STATUS-2 news in any order come to the same end", async () => {
  const account = await sendgridAccount();
  const orders = [
    ["deferred", "delivered", "bounce"],
    ["bounce", "deferred", "delivered"],
    ["delivered", "bounce", "deferred"],
  ];
  for (const order of orders) {
    const { id, email } = await sentBy(account);
    for (const event of order)
      await sendgrid(account, [
        { event, kilim_id: id, timestamp: seconds(), type: "bounce", reason: "550 5.1.1 nobody" },
      ]);
    expect(await rowOf(id)).toMatchObject({ status: "bounced", reason: "550 5.1.1 nobody" });
    expect((await toldOf(id)).filter((name) => name !== "Email Deferred").sort()).toEqual([
      "Email Bounced",
      "Email Delivered",
    ]);
    expect(await isSuppressed(email)).toBe("bounced");
  }
});

test("STATUS-3 a soft bounce suppresses nobody", async () => {
  const account = await sendgridAccount();
  const { id, email } = await sentBy(account);
  await sendgrid(account, [
    { event: "bounce", kilim_id: id, timestamp: seconds(), type: "blocked", reason: "550 spam" },
  ]);
  expect(await rowOf(id)).toMatchObject({ status: "bounced" });
  expect(await isSuppressed(email)).toBeUndefined();
});

test("STATUS-4 a machine's opening is marked, and is no opening", async () => {
  const account = await sendgridAccount();
  const { id } = await sentBy(account);
  await sendgrid(account, [{ event: "open", kilim_id: id, timestamp: seconds(), sg_machine_open: true }]);
  const row = await rowOf(id);
  expect([row.opened_at, row.machine_opened_at === null]).toEqual([null, false]);
  expect(await toldOf(id)).toEqual([]);
});

test.each([
  ["Mozilla/5.0", null, "Email Clicked"],
  ["Mozilla/5.0 (compatible; Barracuda Sentinel scan)", null, null],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "Email Opened", "Email Clicked"],
])("STATUS-4 what a provider says was opened and clicked by %o", async (useragent, opened, clicked) => {
  const account = await sendgridAccount();
  const { id } = await sentBy(account);
  const of = (event: string) => ({
    event,
    kilim_id: id,
    timestamp: seconds(),
    useragent,
    url: "https://shop.example/a",
  });
  await sendgrid(account, [of("open"), of("click")]);
  expect((await toldOf(id)).sort()).toEqual([clicked, opened].filter((name) => name !== null));
});

test("STATUS-5 a wrong signature, another account's message, an unknown one: nothing changes", async () => {
  const [account, other] = [await sendgridAccount(), await sendgridAccount()];
  const { id } = await sentBy(account);
  const events = [{ event: "bounce", kilim_id: id, timestamp: seconds() }];
  const forger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  expect((await sendgrid(account, events, forger)).json()).toMatchObject({ code: "hook_not_ours" });
  expect((await post(account, JSON.stringify(events))).statusCode).toBe(401);
  expect((await sendgrid(newId(office.world.clock), events)).statusCode).toBe(401);
  expect((await sendgrid(other, events)).statusCode).toBe(200);
  expect((await sendgrid(account, [{ ...events[0], kilim_id: newId(office.world.clock) }])).statusCode).toBe(200);
  expect((await sendgrid(account, [{ event: 5 }, "x", null] as object[])).statusCode).toBe(200);
  const old = String(seconds() - 27 * 3600);
  expect((await sendgrid(account, events, privateKey, old)).statusCode).toBe(401);
  expect(await rowOf(id)).toMatchObject({ status: "sent", bounced_at: null });
});

test("STATUS-6 a try that timed out after the provider had taken it is not sent again", async () => {
  const account = await sendgridAccount();
  const { id } = await sentBy(account, { status: "queued" });
  await sendgrid(account, [{ event: "delivered", kilim_id: id, timestamp: seconds() }]);
  expect(await rowOf(id)).toMatchObject({ status: "sent" });
  expect((await toldOf(id)).sort()).toEqual(["Email Delivered", "Email Sent"]);
  office.mail.received.length = 0;
  office.world.clock.advance("P1D");
  await office.messages.sendDue();
  expect(office.mail.received).toEqual([]);
});

test("STATUS-7 by the provider's own unsubscribe link too", async () => {
  const account = await sendgridAccount();
  const { id } = await sentBy(account);
  const events = [{ event: "unsubscribe", kilim_id: id, timestamp: seconds() }];
  await sendgrid(account, events);
  await sendgrid(account, events);
  expect(await toldOf(id)).toEqual(["Consent Changed"]);
});

test("STATUS-1 Postmark: HTTP Basic, one event per request", async () => {
  const account = await addAccount("postmark", { secrets: { server_token: "t", hook_password: "secret" } });
  const { id, email } = await sentBy(account, { provider_id: "pm-1" });
  const authorization = `Basic ${btoa("kilim:secret")}`;
  const bounce = {
    RecordType: "Bounce",
    Type: "HardBounce",
    MessageID: "pm-1",
    BouncedAt: "2026-03-02T09:00:00Z",
    Email: email,
  };
  expect(
    (await post(account, JSON.stringify(bounce), { authorization: `Basic ${btoa("kilim:guess")}` })).statusCode,
  ).toBe(401);
  expect((await post(account, JSON.stringify(bounce), { authorization })).statusCode).toBe(200);
  expect(await rowOf(id)).toMatchObject({ status: "bounced" });
  expect(await isSuppressed(email)).toBe("bounced");
});

test("STATUS-1 Mailgun: HMAC over timestamp and token", async () => {
  const account = await addAccount("mailgun", {
    settings: { domain: "mg.example.com" },
    secrets: { api_key: "k", signing_key: "sign" },
  });
  const { id } = await sentBy(account);
  let tokens = 0;
  const body = (key: string, data: object, token = String(++tokens).padStart(50, "0"), at = seconds()) => {
    const timestamp = String(at);
    const signature = createHmac("sha256", key)
      .update(timestamp + token)
      .digest("hex");
    return JSON.stringify({ signature: { timestamp, token, signature }, "event-data": data });
  };
  const event = { event: "failed", severity: "temporary", timestamp: seconds(), "user-variables": { kilim_id: id } };
  expect((await post(account, body("guess", event))).statusCode).toBe(401);
  expect((await post(account, body("sign", event))).statusCode).toBe(200);
  const opened = {
    event: "opened",
    timestamp: seconds(),
    "user-variables": { kilim_id: id },
    "client-info": { bot: "apple" },
  };
  await post(account, body("sign", opened));
  const row = await rowOf(id);
  expect([row.status, row.deferred_at === null, row.opened_at, row.machine_opened_at === null]).toEqual([
    "sent",
    false,
    null,
    false,
  ]);
});

test("STATUS-8 Mailgun: a token seen on the way signs no other news, and none for longer than a day", async () => {
  const account = await addAccount("mailgun", {
    settings: { domain: "mg.example.com" },
    secrets: { api_key: "k", signing_key: "sign" },
  });
  const { id } = await sentBy(account);
  const hook = (event: string, token: string, at = seconds()) => {
    const timestamp = String(at);
    const signature = createHmac("sha256", "sign")
      .update(timestamp + token)
      .digest("hex");
    const data = { event, severity: "permanent", timestamp: 1772442000, "user-variables": { kilim_id: id } };
    return post(account, JSON.stringify({ signature: { timestamp, token, signature }, "event-data": data }));
  };
  expect((await hook("delivered", "seen")).statusCode).toBe(200);
  expect((await hook("delivered", "seen")).statusCode).toBe(200);
  expect((await hook("failed", "seen")).json()).toMatchObject({ code: "hook_not_ours" });
  expect((await hook("failed", "another", seconds() - 27 * 3600)).statusCode).toBe(401);
  expect(await rowOf(id)).toMatchObject({ status: "sent", bounced_at: null });
  expect(await toldOf(id)).toEqual(["Email Delivered"]);
  office.world.clock.advance("P3D");
  expect((await hook("failed", "new")).statusCode).toBe(200);
  expect(await rowOf(id)).toMatchObject({ status: "bounced" });
});

test("STATUS-1 Resend: Svix signature, fresh for five minutes", async () => {
  const secret = `whsec_${Buffer.from("a secret").toString("base64")}`;
  const account = await addAccount("resend", { secrets: { api_key: "k", signing_secret: secret } });
  const { id } = await sentBy(account, { provider_id: "re-1" });
  const body = JSON.stringify({
    type: "email.delivered",
    created_at: "2026-03-02T09:00:00Z",
    data: { email_id: "re-1" },
  });
  const signed = (at: number, key = "a secret") => ({
    "svix-id": "msg_1",
    "svix-timestamp": String(at),
    "svix-signature": `v1,x v1,${createHmac("sha256", key).update(`msg_1.${at}.${body}`).digest("base64")}`,
  });
  expect((await post(account, body, signed(seconds() - 301))).statusCode).toBe(401);
  expect((await post(account, body, signed(seconds(), "guess"))).statusCode).toBe(401);
  expect((await post(account, body, signed(seconds()))).statusCode).toBe(200);
  expect((await rowOf(id)).delivered_at).not.toBeNull();
});
