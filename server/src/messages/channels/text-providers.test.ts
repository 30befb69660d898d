import { createHmac } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hangsUp, ID, outgoing, type Provider, says, startProvider } from "../testing/provider.ts";
import type { OutgoingMessage } from "./adapter.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.heard.length = 0;
});

const json = () => JSON.parse(provider.heard.at(-1)?.body ?? "null") as unknown;
const form = () => Object.fromEntries(new URLSearchParams(provider.heard.at(-1)?.body));
const asked = () => `${provider.heard.at(-1)?.method} ${provider.heard.at(-1)?.path}`;
const header = (name: string) => provider.heard.at(-1)?.headers[name];

const SID = `AC${"0".repeat(32)}`;
const ACCOUNTS = {
  twilio: {
    channel: "sms",
    provider: "twilio",
    settings: { account_sid: SID, from: "+15005550006" },
    secrets: { auth_token: "token" },
  },
  vonage: {
    channel: "sms",
    provider: "vonage",
    settings: { api_key: "key", from: "Dokuma" },
    secrets: { api_secret: "s" },
  },
  gateway: {
    channel: "sms",
    provider: "http",
    settings: { path: "/send", id_path: "data.id", header: "X-Api-Key" },
    secrets: { authorization: "secret" },
  },
  whatsapp: {
    channel: "whatsapp",
    provider: "cloud_api",
    settings: { phone_number_id: "10612345" },
    secrets: { access_token: "EAA" },
  },
  webhook: { channel: "webhook", provider: "http", secrets: { signing_secret: `whsec_${btoa("k".repeat(24))}` } },
  lob: { channel: "letter", provider: "lob", settings: { from: "adr_1" }, secrets: { api_key: "test_x" } },
} as const;
type Name = keyof typeof ACCOUNTS;

const sms = outgoing("+905551234567", { channel: "sms", text: 'Merhaba "Ayşe" {to} & co' });
const template = outgoing("+905551234567", {
  channel: "whatsapp",
  kind: "template",
  name: "order_ready",
  language: "tr",
  header: { type: "image", url: "https://shop.example/a.jpg" },
  body: ["Ayşe", "42"],
  buttons: [
    { type: "url", index: 0, value: "orders/42" },
    { type: "quick_reply", index: 1, value: "later" },
  ],
});
const call = outgoing("x", {
  channel: "webhook",
  url: "https://replaced.example",
  method: "POST",
  headers: { "X-Shop": "1" },
  body: '{"a":1}',
});
const address = { name: "Ayşe Yıldız", line1: "Kordon 1", city: "Izmir", postal_code: "35210", country: "TR" };
const letter = outgoing(JSON.stringify(address), {
  channel: "letter",
  format: "letter_a4",
  heading: "Merhaba <b>",
  body: "Bir\n\nİki",
  coupon: { code: "KILIM-10", symbology: "qr", label: "10 %" },
  footer: "Dokuma",
});

async function send(name: Name, message: unknown) {
  const [outcome] = await provider.open(ACCOUNTS[name]).send([message as OutgoingMessage]);
  return outcome;
}
const MESSAGES: Record<Name, unknown> = {
  twilio: sms,
  vonage: sms,
  gateway: sms,
  whatsapp: template,
  webhook: call,
  lob: letter,
};
const messageOf = (name: Name) =>
  name === "webhook" ? { ...call, content: { ...call.content, url: `${provider.url}/hook` } } : MESSAGES[name];

test("CNT-1 an SMS comes from whom the brand kit names, at each provider", async () => {
  const named = { ...sms, content: { ...sms.content, from: "+905550001122" } };
  const from = { twilio: "From=%2B905550001122", vonage: '"from":"905550001122"', gateway: '"from":"+905550001122"' };
  for (const [name, part] of Object.entries(from)) {
    provider.next(says(200, {}));
    await send(name as "twilio", named);
    expect(provider.heard.at(-1)?.body).toContain(part);
  }
});

test("ADAPT-2 Twilio: a form, and a callback that knows our id", async () => {
  provider.next(says(201, { sid: "SM1", status: "queued" }));
  expect(await send("twilio", sms)).toEqual({ kind: "accepted", providerId: "SM1" });
  expect(asked()).toBe(`POST /2010-04-01/Accounts/${SID}/Messages.json`);
  expect(header("authorization")).toBe(`Basic ${btoa(`${SID}:token`)}`);
  expect(form()).toEqual({
    To: "+905551234567",
    From: "+15005550006",
    Body: sms.content.text,
    StatusCallback: `https://kilim.test/v1/hooks/00000000-0000-7000-8000-0000000000aa?id=${ID}`,
  });
});

test("ADAPT-2 Vonage Messages API", async () => {
  provider.next(says(202, { message_uuid: "v-1" }));
  expect(await send("vonage", sms)).toEqual({ kind: "accepted", providerId: "v-1" });
  expect(asked()).toBe("POST /v1/messages");
  expect(header("authorization")).toBe(`Basic ${btoa("key:s")}`);
  expect(json()).toMatchObject({
    channel: "sms",
    message_type: "text",
    to: "905551234567",
    from: "Dokuma",
    text: sms.content.text,
    client_ref: ID,
  });
});

test("ADAPT-2 any gateway: values are encoded for the body's type and never read as places again", async () => {
  provider.next(says(200, { data: { id: 77 } }));
  expect(await send("gateway", sms)).toEqual({ kind: "accepted", providerId: "77" });
  expect([asked(), header("x-api-key")]).toEqual(["POST /send", "secret"]);
  expect(json()).toEqual({ to: "+905551234567", from: "", text: sms.content.text, id: ID });
});

test("ADAPT-2 WhatsApp: a template with header, values and buttons", async () => {
  provider.next(says(200, { messaging_product: "whatsapp", messages: [{ id: "wamid.1" }] }));
  expect(await send("whatsapp", template)).toEqual({ kind: "accepted", providerId: "wamid.1" });
  expect(asked()).toBe("POST /10612345/messages");
  expect(header("authorization")).toBe("Bearer EAA");
  expect(json()).toEqual({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "905551234567",
    biz_opaque_callback_data: ID,
    type: "template",
    template: {
      name: "order_ready",
      language: { code: "tr" },
      components: [
        { type: "header", parameters: [{ type: "image", image: { link: "https://shop.example/a.jpg" } }] },
        {
          type: "body",
          parameters: [
            { type: "text", text: "Ayşe" },
            { type: "text", text: "42" },
          ],
        },
        { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "orders/42" }] },
        { type: "button", sub_type: "quick_reply", index: "1", parameters: [{ type: "payload", payload: "later" }] },
      ],
    },
  });
});

test("ADAPT-2 webhook: signed as in Standard Webhooks, the same id at every try", async () => {
  provider.next(says(204, ""));
  expect(await send("webhook", messageOf("webhook"))).toEqual({ kind: "accepted", providerId: ID });
  const at = header("webhook-timestamp");
  const signature = createHmac("sha256", "k".repeat(24)).update(`${ID}.${at}.{"a":1}`).digest("base64");
  expect([header("webhook-id"), header("webhook-signature"), header("x-shop")]).toEqual([ID, `v1,${signature}`, "1"]);
});

test("ADAPT-2 Lob: a letter by its idempotency key, values as text", async () => {
  provider.next(says(200, { id: "ltr_1" }));
  expect(await send("lob", letter)).toEqual({ kind: "accepted", providerId: "ltr_1" });
  expect([asked(), header("idempotency-key")]).toEqual(["POST /v1/letters", ID]);
  expect(json()).toMatchObject({
    to: {
      name: "Ayşe Yıldız",
      address_line1: "Kordon 1",
      address_city: "Izmir",
      address_zip: "35210",
      address_country: "TR",
    },
    from: "adr_1",
    metadata: { kilim_id: ID },
    file: expect.stringContaining("Merhaba &lt;b&gt;"),
  });
  expect(await send("lob", { ...letter, to: "{}" })).toMatchObject({ kind: "permanent" });
});

test.each(Object.keys(ACCOUNTS) as Name[])("ADAPT-3 %s in trouble", async (name) => {
  const cases = [
    [says(429, {}, { "retry-after": "3" }), { kind: "limited", retryAfterMs: 3000 }],
    [says(502, "<html>"), { kind: "transient" }],
    [says(401, { message: "no" }), { kind: "transient" }],
    [says(422, { message: "bad" }), { kind: "permanent" }],
    [hangsUp, { kind: "transient" }],
  ] as const;
  for (const [answer, outcome] of cases) {
    provider.answer = answer;
    expect(await send(name, messageOf(name))).toMatchObject(outcome);
  }
});

test.each([
  ["twilio", says(400, { code: 21211, message: "not a valid phone number" }), "bad"],
  ["twilio", says(400, { code: 21610, message: "unsubscribed recipient" }), "permanent"],
  ["twilio", says(400, { code: 21408, message: "region not enabled" }), "transient"],
  ["vonage", says(402, { title: "Low balance" }), "transient"],
  ["vonage", says(422, { title: "Invalid params", invalid_parameters: [{ name: "to", reason: "x" }] }), "bad"],
  ["whatsapp", says(400, { error: { message: "x", code: 131026 } }), "bad"],
  ["whatsapp", says(400, { error: { message: "x", code: 130429 } }), "limited"],
  ["whatsapp", says(400, { error: { message: "x", code: 190 } }), "transient"],
  ["whatsapp", says(404, { error: { message: "Template does not exist", code: 132001 } }), "permanent"],
  ["webhook", says(410, ""), "permanent"],
] as const)("ADAPT-3 %s: its own words are understood (%#)", async (name, answer, meaning) => {
  provider.next(answer);
  expect(await send(name, messageOf(name))).toMatchObject(
    meaning === "bad" ? { kind: "permanent", badAddress: true } : { kind: meaning },
  );
});

test.each(["twilio", "vonage", "whatsapp", "lob"] as const)(
  "ADAPT-5 %s is asked whether it lets us in",
  async (name) => {
    provider.next(says(200, {}), says(403, { message: "no" }));
    const line = provider.open(ACCOUNTS[name]);
    expect([(await line.check()).ok, (await line.check()).ok]).toEqual([true, false]);
  },
);
