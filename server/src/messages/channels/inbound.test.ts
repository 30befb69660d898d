import { createHmac } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { inTransaction, one, rows, sql } from "../../platform/db.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { type Provider, says, startProvider } from "../testing/provider.ts";
import { keywordOf } from "./keywords.ts";

let office: PostOffice;
let provider: Provider;
const accounts = { twilio: "", whatsapp: "", meta: "" };
const SID = `AC${"0".repeat(32)}`;

beforeAll(async () => {
  office = await openPostOffice();
  provider = await startProvider();
  const add = async (payload: object) => {
    const answer = await office.app.inject({
      method: "POST",
      url: "/v1/channels/accounts",
      payload: { name: "A", endpoint: provider.url, ...payload },
    });
    return answer.json<{ id: string }>().id;
  };
  accounts.twilio = await add({
    channel: "sms",
    provider: "twilio",
    settings: { account_sid: SID, from: "+15005550006", help_text: "Dokuma <3: STOP to end" },
    secrets: { auth_token: "token" },
  });
  const graph = { access_token: "t", app_secret: "app", verify_token: "verify" };
  accounts.whatsapp = await add({
    channel: "whatsapp",
    provider: "cloud_api",
    settings: { phone_number_id: "10612345" },
    secrets: graph,
  });
  accounts.meta = await add({
    channel: "social",
    provider: "meta",
    settings: { network: "instagram", page_id: "17841400" },
    secrets: graph,
  });
});
afterAll(async () => {
  provider.close();
  await office.close();
});
beforeEach(() => office.world.clock.advance("PT1M"));

let serial = 0;
function twilio(params: Record<string, string>, token = "token", query = "") {
  const url = `/v1/hooks/${accounts.twilio}${query}`;
  const text = Object.keys(params)
    .sort()
    .map((name) => name + params[name])
    .join("");
  const signature = createHmac("sha1", token).update(`http://kilim.test${url}${text}`).digest("base64");
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  return office.app.inject({ method: "POST", url, payload: new URLSearchParams(params).toString(), headers });
}
const says_ = (From: string, Body: string, MessageSid = `SM${++serial}`) => ({
  From,
  To: "+15005550006",
  Body,
  MessageSid,
});

function graph(account: string, body: object, secret = "app") {
  const payload = JSON.stringify(body);
  const signature = `sha256=${createHmac("sha256", secret).update(payload).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  return office.app.inject({ method: "POST", url: `/v1/hooks/${account}`, payload, headers });
}

const told = async (profileId: string): Promise<{ name: string; state?: unknown }[]> =>
  (await office.events())
    .filter((event) => event.profileId === profileId)
    .map(({ name, properties }) => ({ name, ...properties }));
const stopped = async (channel: string, address: string) =>
  (
    await one(
      office.world.db,
      sql<{ reason: string }>`
    select reason from messages.suppressions where channel = ${channel} and address = ${address}`,
    )
  )?.reason;

test("IN-1 STOP suppresses the number at once and is a no with its proof; START takes it back; told twice it counts once", async () => {
  const phone = "+905550000001";
  const person = office.addPerson({ phone });
  const stop = says_(phone, " Stop. ");
  expect((await twilio(stop)).statusCode).toBe(200);
  await twilio(stop);
  expect(await stopped("sms", phone)).toBe("stopped");
  const events = await told(person);
  expect(events.map(({ name }) => name).sort()).toEqual(["Consent Changed", "SMS Received"]);
  expect(events.find(({ name }) => name === "Consent Changed")).toMatchObject({
    channel: "sms",
    purpose: "marketing",
    state: "denied",
    source: "reply",
    wording: " Stop. ",
  });
  await twilio(says_(phone, "START"));
  expect(await stopped("sms", phone)).toBeUndefined();
  expect((await told(person)).filter(({ state }) => state === "granted")).toHaveLength(1);
});

test("IN-2 a repeat of an old STOP after a START changes nothing", async () => {
  const phone = "+905550000002";
  const [stop, start] = [says_(phone, "STOP"), says_(phone, "BAŞLA")];
  for (const one of [stop, start, stop]) await twilio(one);
  expect(await stopped("sms", phone)).toBeUndefined();
});

test("IN-3 HELP is answered with the account's own words, escaped", async () => {
  const answer = await twilio(says_("+905550000003", "help"));
  expect(answer.headers["content-type"]).toContain("text/xml");
  expect(answer.body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Dokuma &lt;3: STOP to end</Message></Response>',
  );
});

test.each([
  ["STOP", "stop"],
  ["dur", "stop"],
  ["İPTAL!", "stop"],
  ["iptal", "stop"],
  ["Çıkış", "stop"],
  ["berhenti", "stop"],
  ["mulai", "start"],
  ["bilgi", "help"],
  ["don't stop", null],
  ["Stop sending to my old address please", null],
  ["", null],
])("IN-1 %o is %o", (text, keyword) => expect(keywordOf(text)).toBe(keyword));

test("IN-4 an answer is noted on the message it follows, and on the timeline", async () => {
  const phone = "+905550000004";
  const person = office.addPerson({ phone });
  provider.next(says(201, { sid: "SM-out", status: "queued" }));
  const content = { channel: "sms", text: "Your order is ready" } as const;
  const id = await inTransaction(office.world.db, (tx) =>
    office.messages.sendDirect(tx, { profileId: person, to: phone, content }),
  );
  await office.messages.sendDue();
  expect(provider.heard.at(-1)?.path).toBe(`/2010-04-01/Accounts/${SID}/Messages.json`);
  await twilio({ MessageSid: "SM-out", MessageStatus: "delivered" }, "token", `?id=${id}`);
  await twilio(says_(phone, "Thanks! Until when?"));
  const row = await one(office.world.db, sql`select * from messages.messages where id = ${id}`);
  expect(row).toMatchObject({ status: "sent", provider_id: "SM-out", account_id: accounts.twilio });
  expect(row).not.toMatchObject({ replied_at: null });
  expect((await told(person)).map(({ name }) => name).sort()).toEqual([
    "SMS Delivered",
    "SMS Received",
    "SMS Replied",
    "SMS Sent",
  ]);
});

test("IN-5 whoever writes from a number nobody knows becomes known by it", async () => {
  await twilio(says_("+905550000005", "Do you have it in blue?"));
  const event = (await office.events()).find(({ properties }) => properties.text === "Do you have it in blue?");
  expect(event).toMatchObject({
    name: "SMS Received",
    profileId: null,
    context: { traits: { phone: "+905550000005" } },
  });
});

test("IN-6 a forged request is not believed", async () => {
  const phone = "+905550000006";
  expect((await twilio(says_(phone, "STOP"), "guess")).statusCode).toBe(401);
  expect(await stopped("sms", phone)).toBeUndefined();
});

const change = (value: object) => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "1",
      changes: [
        {
          field: "messages",
          value: { messaging_product: "whatsapp", metadata: { phone_number_id: "10612345" }, ...value },
        },
      ],
    },
  ],
});

test("WA-1 the handshake gives the challenge back to whoever knows the token, and to nobody else", async () => {
  const ask = (token: string) =>
    office.app.inject({
      method: "GET",
      url: `/v1/hooks/${accounts.whatsapp}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=115`,
    });
  expect([(await ask("verify")).body, (await ask("guess")).statusCode]).toEqual(["115", 401]);
});

test("WA-2 free text goes only within 24 hours of the person's own last word; a template always", async () => {
  const phone = "+905550000007";
  const person = office.addPerson({ phone });
  const say = async (content: object) => {
    const id = await inTransaction(office.world.db, (tx) =>
      office.messages.sendDirect(tx, { profileId: person, to: phone, content: content as never }),
    );
    await office.messages.sendDue();
    return await one(
      office.world.db,
      sql<{ status: string; reason: string | null }>`
      select status, reason from messages.messages where id = ${id}`,
    );
  };
  const text = { channel: "whatsapp", kind: "text", text: "Merhaba" };
  const template = { channel: "whatsapp", kind: "template", name: "hello", language: "tr", body: [], buttons: [] };
  provider.answer = says(200, { messages: [{ id: "wamid.x" }] });
  expect(await say(text)).toMatchObject({ status: "failed", reason: expect.stringMatching(/^session_closed/) });
  expect(await say(template)).toMatchObject({ status: "sent" });
  const at = Math.floor(office.world.clock.now().epochMilliseconds / 1000);
  const message = {
    from: phone.slice(1),
    id: "wamid.in",
    timestamp: String(at),
    type: "text",
    text: { body: "Merhaba" },
  };
  expect((await graph(accounts.whatsapp, change({ messages: [message] }))).statusCode).toBe(200);
  expect(await say(text)).toMatchObject({ status: "sent" });
  office.world.clock.advance("PT24H");
  expect(await say(text)).toMatchObject({ status: "failed" });
});

test("WA-3 delivered, read and failed; another number's news and a wrong signature are not ours", async () => {
  const phone = "+905550000008";
  const person = office.addPerson({ phone });
  provider.answer = says(200, { messages: [{ id: "wamid.out" }] });
  const content = {
    channel: "whatsapp",
    kind: "template",
    name: "hello",
    language: "tr",
    body: [],
    buttons: [],
  } as const;
  const id = await inTransaction(office.world.db, (tx) =>
    office.messages.sendDirect(tx, { profileId: person, to: phone, content: { ...content, body: [], buttons: [] } }),
  );
  await office.messages.sendDue();
  const status = (name: string, more: object = {}) => ({
    id: "wamid.out",
    status: name,
    timestamp: "1772442000",
    recipient_id: "9",
    ...more,
  });
  expect((await graph(accounts.whatsapp, change({ statuses: [status("read")] }), "guess")).statusCode).toBe(401);
  await graph(accounts.whatsapp, change({ statuses: [status("read")], metadata: { phone_number_id: "999" } }));
  expect((await told(person)).map(({ name }) => name)).toEqual(["WhatsApp Sent"]);
  await graph(
    accounts.whatsapp,
    change({ statuses: [status("read"), status("delivered", { biz_opaque_callback_data: id })] }),
  );
  expect((await told(person)).map(({ name }) => name).sort()).toEqual([
    "WhatsApp Delivered",
    "WhatsApp Opened",
    "WhatsApp Sent",
  ]);
});

test("ADAPT-1 a template of another channel than e-mail leaves by that channel's account, with consent for it", async () => {
  const make = await office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: {
      name: "Ready",
      channel: "sms",
      purpose: "marketing",
      default_language: "en",
      contents: { en: { text: "Hi {{ person.first_name }}, it is ready" } },
    },
  });
  const templateId = make.json<{ id: string }>().id;
  const yes = { sms: { marketing: { state: "granted", at: "2026-01-01T00:00:00.000Z", source: "test" } } } as const;
  const willing = office.addPerson({ phone: "0555 000 00 09", country: "TR", first_name: "Ayşe" }, yes);
  const asked = office.addPerson({ phone: "+905550000010" });
  provider.answer = says(201, { sid: "SM-t" });
  provider.heard.length = 0;
  const ids = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(
      tx,
      [willing, asked].map((profileId) => ({ key: `ready ${profileId}`, profileId, templateId })),
    ),
  );
  await office.messages.sendDue();
  expect(provider.heard.map(({ body }) => new URLSearchParams(body).get("To"))).toEqual(["+905550000009"]);
  expect(new URLSearchParams(provider.heard[0]?.body).get("Body")).toBe("Hi Ayşe, it is ready");
  const ends = await rows(
    office.world.db,
    sql<{ status: string; reason: string | null }>`
    select status, reason from messages.messages where id = any(${ids}) order by status`,
  );
  expect(ends).toEqual(
    [
      { status: "sent", reason: null },
      { status: "skipped", reason: "no_consent" },
    ].sort((a, b) => a.status.localeCompare(b.status)),
  );
});

test("SOC-1 who writes on Instagram can be answered there within a day", async () => {
  const sender = "5550001";
  const at = office.world.clock.now().epochMilliseconds;
  const entry = {
    id: "17841400",
    time: at,
    messaging: [
      { sender: { id: sender }, recipient: { id: "17841400" }, timestamp: at, message: { mid: "m1", text: "Var mı?" } },
    ],
  };
  expect((await graph(accounts.meta, { object: "instagram", entry: [entry] })).statusCode).toBe(200);
  const event = (await office.events()).find(({ properties }) => properties.text === "Var mı?");
  expect(event).toMatchObject({ name: "Social Received", anonymousId: `instagram:${sender}`, channel: "social" });
  const [row] = await rows(
    office.world.db,
    sql<{ from_address: string }>`select from_address from messages.inbound where provider_id = 'm1'`,
  );
  const person = office.addPerson({});
  provider.answer = says(200, { recipient_id: sender, message_id: "m2" });
  await inTransaction(office.world.db, (tx) =>
    office.messages.sendDirect(tx, {
      profileId: person,
      to: row?.from_address ?? "",
      content: { channel: "social", text: "Evet" },
    }),
  );
  await office.messages.sendDue();
  expect(JSON.parse(provider.heard.at(-1)?.body ?? "")).toEqual({
    recipient: { id: sender },
    messaging_type: "RESPONSE",
    message: { text: "Evet" },
  });
});

test("IN-3 a gateway whose hook carries no answer gets it as a message: to HELP, and to STOP once, though the number is closed", async () => {
  const added = await office.app.inject({
    method: "POST",
    url: "/v1/channels/accounts",
    payload: {
      ...{ channel: "sms", provider: "http", name: "Gateway", endpoint: provider.url, is_default: true },
      settings: { help_text: "Dokuma: STOP ends it", stop_text: "Nothing more will come", start_text: "Welcome back" },
      secrets: { authorization: "Bearer k", hook_secret: "hook" },
    },
  });
  const { id } = added.json<{ id: string }>();
  const hear = (event: object) => {
    const payload = JSON.stringify(event);
    const signature = createHmac("sha256", "hook").update(payload).digest("hex");
    const headers = { "content-type": "application/json", "x-signature": signature };
    return office.app.inject({ method: "POST", url: `/v1/hooks/${id}`, payload, headers });
  };
  const phone = "+905550000077";
  provider.answer = says(200, {});
  provider.heard.length = 0;
  await hear({ type: "received", id: "g1", from: phone, text: "yardım" });
  await hear({ type: "received", id: "g2", from: phone, text: "Stop" });
  await hear({ type: "received", id: "g2", from: phone, text: "Stop" });
  await hear({ type: "received", id: "g3", from: phone, text: "please stop calling me" });
  await office.messages.sendDue();
  const said = provider.heard.map(({ body }) => JSON.parse(body) as { to: string; text: string });
  expect(said.map(({ to, text }) => [to, text]).sort()).toEqual([
    [phone, "Dokuma: STOP ends it"],
    [phone, "Nothing more will come"],
  ]);
  expect(await stopped("sms", phone)).toBe("stopped");
});

test("WA-4 the templates that Meta has approved are listed, page by page, with what each takes", async () => {
  const list = () => office.app.inject("/v1/channels/whatsapp/templates");
  expect((await list()).json()).toMatchObject({ code: "templates_not_listed" });
  const body = {
    ...{ channel: "whatsapp", provider: "cloud_api", name: "A", endpoint: provider.url, is_default: true },
    settings: { phone_number_id: "10612345", business_account_id: "99887766" },
  };
  await office.app.inject({ method: "PUT", url: `/v1/channels/accounts/${accounts.whatsapp}`, payload: body });
  const ready = {
    ...{ id: "1", name: "order_ready", language: "tr", status: "APPROVED", category: "UTILITY" },
    components: [
      { type: "HEADER", format: "IMAGE" },
      { type: "BODY", text: "Merhaba {{1}}, {{2}} hazır. {{1}}!" },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY" }, { type: "URL", url: "https://shop.example/{{1}}" }] },
    ],
  };
  const paused = { id: "2", name: "old", language: "en", status: "PAUSED", category: "MARKETING", components: [] };
  const plain = { ...paused, name: "hello", status: "APPROVED", components: [{ type: "BODY", text: "Hi" }] };
  provider.heard.length = 0;
  provider.next(
    says(200, { data: [ready, paused], paging: { cursors: { after: "c1" }, next: "https://graph.example/next" } }),
    says(200, { data: [plain], paging: { cursors: { after: "c2" } } }),
  );
  expect((await list()).json().items).toEqual([
    { name: "hello", language: "en", category: "MARKETING", body: "Hi", values: 0, header: null, url_buttons: [] },
    {
      ...{ name: "order_ready", language: "tr", category: "UTILITY", body: "Merhaba {{1}}, {{2}} hazır. {{1}}!" },
      ...{ values: 2, header: "image", url_buttons: [1] },
    },
  ]);
  const [first, second] = provider.heard.map(({ path }) => new URL(path, provider.url));
  expect(first?.pathname).toBe("/99887766/message_templates");
  expect(first?.searchParams.get("status")).toBe("APPROVED");
  expect(second?.searchParams.get("after")).toBe("c1");
  provider.next(says(400, { error: { code: 190, message: "token has expired" } }));
  expect((await list()).json()).toMatchObject({ status: 502, detail: expect.stringContaining("token has expired") });
});

test("CNT-1 an SMS goes out from the number the brand kit names", async () => {
  const call = async (method: "GET" | "POST" | "PUT", url: string, payload?: object) =>
    (await office.app.inject({ method, url, ...(payload ? { payload } : {}) })).json();
  const { version, kit } = await call("GET", "/v1/brand");
  const sms = { name: "", address: "+15005550009", reply_to: "" };
  await call("PUT", "/v1/brand", { version, kit: { ...kit, senders: { sms } } });
  const { id } = await call("POST", "/v1/templates", {
    name: "From us",
    channel: "sms",
    purpose: "transactional",
    contents: { en: { text: "Hello" } },
  });
  const person = office.addPerson({ phone: "+905550000900" });
  provider.next(says(201, { sid: "SM-from" }));
  await call("POST", "/v1/messages", { template_id: id, profile: person });
  office.world.clock.advance("PT2S");
  await office.messages.sendDue();
  expect(provider.heard.at(-1)?.body).toContain("15005550009");
  const wrong = { ...kit, senders: { sms: { ...sms, address: "Dokuma, the weavers" } } };
  expect(await call("PUT", "/v1/brand", { version: version + 1, kit: wrong })).toMatchObject({
    code: "from_not_valid",
    errors: [{ path: "kit.senders.sms.address", code: "sms_sender" }],
  });
});
