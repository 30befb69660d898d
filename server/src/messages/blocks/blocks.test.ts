import { afterAll, beforeAll, expect, test } from "vitest";

import { openPostOffice, type PostOffice } from "../testing/post-office.ts";

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice({ smtp: false });
});
afterAll(() => office.close());

const call = async (method: "GET" | "PUT" | "POST", url: string, payload?: object) => {
  const answer = await office.app.inject({ method, url, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
};

const heading = (text: string) => [{ id: "h", kind: "heading", text }];
const block = (key: string, said: string, more: object = {}) => ({
  key,
  name: key,
  contents: { en: { blocks: heading(said), text: said }, tr: { blocks: heading(`${said} tr`), text: `${said} tr` } },
  ...more,
});
const preview = async (id: string, language = "en") =>
  (await call("POST", `/v1/templates/${id}/preview`, { language })).body;

async function useEverywhere(key: string, blockId: string) {
  const template = (body: object) => call("POST", "/v1/templates", { name: key, ...body });
  const mail = await template({
    contents: { en: { subject: "x", blocks: [{ id: "s", kind: "shared", block_id: blockId }] } },
  });
  const code = await template({
    contents: { en: { subject: `{{ shared.${key} }}`, body: `<mjml><mj-body>{{ shared.${key} }}</mj-body></mjml>` } },
  });
  const sms = await template({
    channel: "sms",
    contents: { tr: { text: `Hi: {{ shared.${key} }}` } },
    default_language: "tr",
  });
  return { mail: mail.body.id, code: code.body.id, sms: sms.body.id };
}

test("CNT-2 one block in a mail of blocks, in MJML and in an SMS; its new version is in all of them", async () => {
  const made = await call("POST", "/v1/blocks", block("greeting", "Welcome {{ brand.name }}"));
  expect(made).toMatchObject({ status: 201, body: { version: 1, uses: 0, behind: 0 } });
  const { id } = made.body;
  const in_ = await useEverywhere("greeting", id);
  expect((await preview(in_.mail)).html).toContain("Welcome Kilim");
  expect((await preview(in_.code)).html).toContain("Welcome Kilim");
  expect((await preview(in_.code)).subject).toBe("Welcome Kilim");
  expect((await preview(in_.sms, "tr")).text).toBe("Hi: Welcome Kilim tr");

  await call("PUT", `/v1/templates/${in_.mail}/draft`, {
    revision: 0,
    body: { name: "d", purpose: "marketing", default_language: "en", contents: {} },
  });
  const changed = await call("PUT", `/v1/blocks/${id}?base=1`, block("greeting", "Good day"));
  expect(changed.body).toMatchObject({ version: 2, uses: 3, behind: 3 });
  expect((await preview(in_.mail)).html).toContain("Welcome");
  expect(await office.messages.refreshTemplates()).toBe(3);
  for (const template of [in_.mail, in_.code]) expect((await preview(template)).html).toContain("Good day");
  expect((await preview(in_.sms, "tr")).text).toBe("Hi: Good day tr");
  expect((await call("GET", `/v1/templates/${in_.mail}`)).body).toMatchObject({ version: 2, draft: { revision: 1 } });
  expect((await call("GET", `/v1/templates/${in_.mail}/versions`)).body.items[0]).toMatchObject({
    version: 2,
    note: "newer shared blocks",
  });
  const uses = (await call("GET", `/v1/blocks/${id}/uses`)).body.items;
  expect(uses.map((use: { version: number }) => use.version)).toEqual([2, 2, 2]);
  expect(await office.messages.refreshTemplates()).toBe(0);
});

test("CNT-2 a template that cannot take a new version keeps the old one and says why, once", async () => {
  const { body: made } = await call("POST", "/v1/blocks", block("fragile", "fine"));
  const body =
    "<mjml><mj-body><mj-section><mj-column><mj-text>{{ shared.fragile }}</mj-text></mj-column></mj-section></mj-body></mjml>";
  const textOnly = { key: "fragile", name: "x", contents: { en: { text: "fine" } } };
  await call("PUT", `/v1/blocks/${made.id}`, textOnly);
  const { body: template } = await call("POST", "/v1/templates", {
    name: "Code",
    contents: { en: { subject: "x", body } },
  });
  // Sections inside a text: MJML refuses them.
  const worse = { key: "fragile", name: "x", contents: { en: { blocks: heading("worse"), text: "" } } };
  await call("PUT", `/v1/blocks/${made.id}`, worse);
  await office.messages.refreshTemplates();
  expect((await preview(template.id)).html).toContain("fine");
  const [use] = (await call("GET", `/v1/blocks/${made.id}/uses`)).body.items;
  expect(use).toMatchObject({ version: 2 });
  expect(use.problem).toContain("contents.en.body");
  expect(await office.messages.refreshTemplates()).toBe(0);
});

test("workers that refresh at once publish each template once", async () => {
  const { body: made } = await call("POST", "/v1/blocks", block("raced", "one"));
  const in_ = await useEverywhere("raced", made.id);
  await call("PUT", `/v1/blocks/${made.id}`, block("raced", "two"));
  await Promise.all([office, office, office].map(() => office.anotherWorker().refreshTemplates()));
  for (const id of Object.values(in_))
    expect((await call("GET", `/v1/templates/${id}`)).body).toMatchObject({ version: 2 });
});

test.each([
  ["a key twice", block("greeting", "again"), 409],
  ["a key with spaces", block("not a key", "x"), 400],
  ["a block in a block", { ...block("loop", "x"), contents: { en: { text: "{{ shared.greeting }}" } } }, 400],
  ["broken Liquid", { ...block("broken", "x"), contents: { en: { text: "{% if x %}" } } }, 400],
  ["nothing", { ...block("nothing", "x"), contents: { en: {} } }, 400],
])("%s is refused", async (_name, body, status) => {
  expect((await call("POST", "/v1/blocks", body)).status).toBe(status);
});

test("a template that names a block which does not exist is refused", async () => {
  const sms = { name: "x", channel: "sms", contents: { en: { text: "{{ shared.nobody }}" } } };
  const { status, body } = await call("POST", "/v1/templates", sms);
  expect(status).toBe(400);
  expect(body.errors[0]).toMatchObject({ path: "contents.en.text", code: "shared_unknown", value: "nobody" });
});
