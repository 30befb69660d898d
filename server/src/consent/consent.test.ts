import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ChoiceView, Topic } from "./contracts.ts";
import { mayWrite } from "./may-write.ts";

let server: TestServer;
let serial = 0;
const browser = { "user-agent": "Mozilla/5.0 (iPhone)", authorization: "" };

beforeAll(async () => {
  server = await createServer();
  const topic = (names: object, more = {}) => ({ names, channels: ["email", "sms"], ...more });
  await put("/v1/topics/new_arrivals", topic({ en: "New arrivals", tr: "Yeni gelenler <3" }, { position: 1 }));
  await put("/v1/topics/sale", topic({ en: "Sale" }, { channels: ["email"], position: 2 }));
});
afterAll(() => server.close());

async function put(path: string, body: object) {
  const answer = await server.call<Topic>("PUT", path, body);
  expect(answer.status).toBe(200);
  return answer.body;
}

async function person(traits: Record<string, string> = {}): Promise<{ id: string; userId: string; email: string }> {
  const userId = `u${++serial}`;
  const email = `${userId}@example.com`;
  await server.call("POST", "/v1/identify", { writeKey: server.writeKey, userId, traits: { email, ...traits } });
  await server.settle();
  const { body } = await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${userId}`);
  return { id: body.id, userId, email };
}

const consentOf = async (id: string) =>
  (await server.call<{ consent: Record<string, Record<string, { state: string }>> }>("GET", `/v1/profiles/${id}`)).body
    .consent;
const choicesOf = async (id: string) =>
  (await server.call<{ items: ChoiceView[]; next: string | null }>("GET", `/v1/profiles/${id}/consent`)).body.items;

async function linkOf(id: string): Promise<string> {
  const { body } = await server.call<{ url: string }>("GET", `/v1/profiles/${id}/preferences-link`);
  return body.url;
}
const get = async (url: string) => {
  const response = await fetch(url, { headers: browser });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const post = async (url: string, form: [string, string][]) => {
  const response = await fetch(url, { method: "POST", headers: browser, body: new URLSearchParams(form) });
  return { status: response.status, text: await response.text() };
};

test("CON-3 every choice is kept with its proof: when, where, wording, source; the newest wins and ties deny", async () => {
  const { id, userId } = await person();
  const said = (messageId: string, state: string, timestamp: string) => ({
    type: "track",
    event: "Consent Changed",
    messageId,
    userId,
    timestamp,
    properties: { channel: "sms", purpose: "marketing", state, source: "till", wording: "Texts?" },
    context: { channel: "store", touchpoint: "till-3", page: { url: "https://shop.test/a?email=x@y.z#t" } },
  });
  const batch = [
    said(`a${id}`, "granted", "2026-03-01T10:00:00.000Z"),
    said(`b${id}`, "denied", "2026-03-01T10:00:00.000Z"),
    said(`c${id}`, "granted", "2026-02-01T10:00:00.000Z"),
  ];
  for (const _again of [1, 2]) {
    await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
    await server.settle();
  }
  expect((await consentOf(id)).sms?.marketing?.state).toBe("denied");
  const choices = await choicesOf(id);
  expect(choices.map(({ state }) => state).sort()).toEqual(["denied", "granted", "granted"]);
  expect(choices[0]).toMatchObject({
    channel: "sms",
    source: "till",
    wording: "Texts?",
    at: "2026-03-01T10:00:00.000Z",
    proof: { said_on: "store", touchpoint: "till-3", page: "https://shop.test/a" },
  });
});

test("CON-4 the preference page is hers alone, in her language, without a name or address in page or link", async () => {
  const { id, email } = await person({ language: "tr", phone: "+905550001122" });
  const url = await linkOf(id);
  expect(url).not.toContain(id);
  const page = await get(url);
  expect(page.status).toBe(200);
  expect(page.text).toContain('<html lang="tr">');
  expect(page.text).toContain("Size neler gönderelim?");
  expect(page.text).toContain("Yeni gelenler &#60;3");
  expect(page.text).toContain("Dokuma");
  expect(page.text).not.toContain(email);
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("cache-control")).toContain("no-store");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("CON-4 what is ticked holds at once, with the words beside the box as proof; what is not touched stays unsaid", async () => {
  const { id } = await person();
  const url = await linkOf(id);
  const saved = await post(url, [
    ["on", "email:new_arrivals"],
    ["channel", "email"],
    ["time", "evening"],
    ["do", "save"],
  ]);
  expect(saved.status).toBe(200);
  expect(saved.text).toContain("Saved. Thank you.");
  expect(saved.text).toContain('value="email:new_arrivals" checked');
  expect(saved.text).toContain('value="evening" selected');
  expect(await choicesOf(id)).toMatchObject([
    { purpose: "new_arrivals", state: "granted", source: "preference_page", wording: "E-mail: New arrivals" },
  ]);
  await server.settle();
  expect((await consentOf(id)).email).toMatchObject({ new_arrivals: { state: "granted" } });
  const { body } = await server.call<{ traits: object }>("GET", `/v1/profiles/${id}`);
  expect(body.traits).toMatchObject({ contact_channel: "email", contact_time: "evening" });
  // One row per choice, also once its event has been folded.
  expect(await choicesOf(id)).toHaveLength(1);

  const stopped = await post(url, [["do", "stop"]]);
  expect(stopped.text).toContain("no more offers or news");
  expect(stopped.text).not.toContain(" checked");
  await server.settle();
  expect((await consentOf(id)).email).toMatchObject({
    marketing: { state: "denied" },
    new_arrivals: { state: "denied" },
  });
});

test("CON-4 ads are a choice of their own once a topic is offered there, and no way to reach anybody", async () => {
  const { id } = await person();
  const url = await linkOf(id);
  expect((await get(url)).text).not.toContain("ads:marketing");
  await server.call("PUT", "/v1/topics/ads_like_mine", { names: { en: "Ads" }, channels: ["ads"], archived: false });
  const page = await get(url);
  expect(page.text).toContain("<legend>Ads for you at Meta and Google</legend>");
  expect(page.text).not.toContain('<option value="ads"');
  await post(url, [
    ["on", "ads:marketing"],
    ["do", "save"],
  ]);
  await server.settle();
  expect((await consentOf(id)).ads).toMatchObject({ marketing: { state: "granted" } });
  await server.call("PUT", "/v1/topics/ads_like_mine", { names: { en: "Ads" }, channels: ["ads"], archived: true });
});

test("CON-4 who gives up everything but keeps a topic ticked goes on getting that topic", async () => {
  const { id } = await person();
  await server.call("PUT", `/v1/profiles/${id}/consent`, { channel: "email", state: "granted", wording: "Yes." });
  await server.settle();
  const page = await post(await linkOf(id), [
    ["on", "email:new_arrivals"],
    ["do", "save"],
  ]);
  expect(page.text).toContain('value="email:new_arrivals" checked');
  expect(page.text).toContain('value="email:marketing">');
  await server.settle();
  const { email = {} } = await consentOf(id);
  expect(email).toMatchObject({
    marketing: { state: "denied" },
    new_arrivals: { state: "granted" },
    sale: { state: "denied" },
  });
  expect(mayWrite((await consentOf(id)) as never, "email", "new_arrivals")).toBeNull();
  expect(mayWrite((await consentOf(id)) as never, "email", "sale")).toBe("topic_denied");
});

test("CON-5 links in forged, damaged and old form open nothing; GET and HEAD change nothing", async () => {
  const { id } = await person();
  const url = await linkOf(id);
  for (const bad of [
    `${url.slice(0, -20)}${url.at(-20) === "A" ? "B" : "A"}${url.slice(-19)}`,
    url.slice(0, -4),
    `${server.url}/t/p/${id}`,
    `${server.url}/t/d/${id}.x`,
  ]) {
    expect((await get(bad)).status).toBe(404);
    expect((await post(bad, [["do", "stop"]])).status).toBe(404);
  }
  for (const _again of [1, 2, 3]) await get(url);
  await fetch(url, { method: "HEAD", headers: browser });
  expect((await post(url, [["do", "else"]])).status).toBe(400);
  expect(await choicesOf(id)).toEqual([]);
  server.clock.advance({ hours: 24 * 181 });
  expect((await get(url)).status).toBe(404);
});

test("CON-6 double opt-in: nothing is granted, joined or told before the owner of the address confirms by POST", async () => {
  const email = `new${++serial}@example.com`;
  const ask = () =>
    server.call(
      "POST",
      "/v1/consent/requests",
      {
        email: email.toUpperCase(),
        purposes: ["marketing", "sale"],
        wording: "Yes, mail me.",
        source: "footer",
        language: "id",
        page: "https://shop.test/news?x=1",
      },
      { authorization: `Bearer ${server.writeKey}` },
    );
  expect((await ask()).status).toBe(202);
  await server.settle();
  expect((await server.call("GET", `/v1/profiles/email:${email}`)).status).toBe(404);
  const mails = async () =>
    (
      await server.call<{ items: { id: string; to: string; subject: string }[] }>("GET", "/v1/mailbox?limit=500")
    ).body.items.filter(({ to }) => to === email);
  const [first] = await mails();
  expect(first?.subject).toContain("Mohon konfirmasi");
  const { body: mail } = await server.call<{ text: string }>("GET", `/v1/mailbox/${first?.id}`);
  const link = /http\S+\/t\/d\/\S+/.exec(mail.text)?.[0] ?? "";
  expect(link).not.toContain("@");
  expect((await get(link)).text).toContain("Yes, mail me.");
  await server.settle();
  expect((await server.call("GET", `/v1/profiles/email:${email}`)).status).toBe(404);

  for (const _again of [1, 2]) expect((await post(link, [])).text).toContain("Terima kasih");
  await server.settle();
  const { body } = await server.call<{ id: string; identifiers: object[] }>("GET", `/v1/profiles/email:${email}`);
  expect(body.identifiers).toMatchObject([{ type: "email", verified: true }]);
  expect((await consentOf(body.id)).email).toMatchObject({
    marketing: { state: "granted" },
    sale: { state: "granted" },
  });
  const choices = await choicesOf(body.id);
  expect(choices).toHaveLength(2);
  expect(choices[0]).toMatchObject({
    source: "double_opt_in",
    wording: "Yes, mail me.",
    proof: { form: "footer", page: "https://shop.test/news" },
  });

  // Nobody fills another's mailbox by our hand, and the answer does not tell.
  for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(202);
  await server.settle();
  expect(await mails()).toHaveLength(3);
});

test("CON-6 a request that is too old is no longer confirmed", async () => {
  const email = `old${++serial}@example.com`;
  await server.call("POST", "/v1/consent/requests", { email, wording: "Yes." });
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
  const { body: mail } = await server.call<{ text: string }>(
    "GET",
    `/v1/mailbox/${box.items.find((m) => m.to === email)?.id}`,
  );
  const link = /http\S+\/t\/d\/\S+/.exec(mail.text)?.[0] ?? "";
  server.clock.advance({ hours: 24 * 7 });
  expect((await post(link, [])).status).toBe(404);
  await server.settle();
  expect((await server.call("GET", `/v1/profiles/email:${email}`)).status).toBe(404);
});

test("CON-1 when two become one the newest explicit choice of both holds; when they are parted each has their own again", async () => {
  const a = await person();
  const b = await person();
  const set = (id: string, state: string) =>
    server.call("PUT", `/v1/profiles/${id}/consent`, { channel: "email", state, wording: state, source: "desk" });
  await set(a.id, "granted");
  server.clock.advance({ minutes: 1 });
  await set(b.id, "denied");
  await server.settle();
  const link = await linkOf(b.id);
  expect(
    (await server.call("POST", "/v1/profiles/merge", { into: a.id, from: b.id, reason: "test" })).status,
  ).toBeLessThan(300);
  await server.settle();
  expect((await consentOf(a.id)).email?.marketing?.state).toBe("denied");
  expect(await choicesOf(a.id)).toHaveLength(2);
  expect((await get(link)).text).toContain("What may we send you?");
  await server.call("POST", "/v1/profiles/unmerge", { profile: a.id, from: b.id });
  await server.settle();
  expect((await choicesOf(a.id)).map(({ state }) => state)).toEqual(["granted"]);
  expect((await choicesOf(b.id)).map(({ state }) => state)).toEqual(["denied"]);
});

test("topics are changed and archived; their keys are no words of ours", async () => {
  expect((await server.call("PUT", "/v1/topics/marketing", { names: { en: "x" } })).status).toBe(400);
  const topic = await put("/v1/topics/gone", { names: { en: "Gone" }, archived: true });
  expect(topic.archived).toBe(true);
  const { id } = await person();
  expect((await get(await linkOf(id))).text).not.toContain("Gone");
});

test("MSG-2 a template's topic goes with its messages: who said no to it gets none; an unknown one is refused", async () => {
  const { id } = await person();
  for (const [purpose, state] of [
    ["marketing", "granted"],
    ["sale", "denied"],
  ]) {
    const said = { channel: "email", purpose, state, source: "form" };
    expect((await server.call("PUT", `/v1/profiles/${id}/consent`, said)).status).toBe(202);
  }
  await server.settle();
  const contents = { en: { subject: "Sale", body: "<mjml><mj-body></mj-body></mjml>" } };
  const write = (given: object) =>
    server.call<{ id: string; topic: string | null; priority: number; errors: { path: string }[] }>(
      "POST",
      "/v1/templates",
      { name: "Sale", contents, ...given },
    );
  expect((await write({ topic: "shoes" })).body.errors).toMatchObject([{ path: "topic" }]);
  const { body: template } = await write({ topic: "sale", priority: 7 });
  expect(template).toMatchObject({ topic: "sale", priority: 7 });
  // What is not told stays.
  const next = await server.call("PUT", `/v1/templates/${template.id}`, { name: "Sale!", contents });
  expect(next.body).toMatchObject({ topic: "sale", priority: 7 });
  const sent = await server.call<{ id: string }>("POST", "/v1/messages", { template_id: template.id, profile: id });
  await server.settle();
  const { body } = await server.call<{ items: object[] }>("GET", `/v1/messages?profile=${id}`);
  expect(body.items).toMatchObject([{ id: sent.body.id, status: "skipped", reason: "topic_denied" }]);
});

test("CON-4 the page wears the brand kit of the moment", async () => {
  const { id } = await person();
  const link = await linkOf(id);
  const { body: now } = await server.call<{ version: number; kit: { colors: object } }>("GET", "/v1/brand");
  const kit = { ...now.kit, name: "Weaver <Izmir>", colors: { ...now.kit.colors, primary: "#123456" } };
  expect((await server.call("PUT", "/v1/brand", { version: now.version, kit })).status).toBe(200);
  // The kit is at most a second old.
  await expect.poll(async () => (await get(link)).text, { timeout: 5_000 }).toContain("#123456");
  expect((await get(link)).text).toContain("Weaver &#60;Izmir&#62;");
});
