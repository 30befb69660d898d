import { afterAll, beforeAll, expect, test } from "vitest";

import type { BrandView } from "../contracts.ts";
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
const brand = async () => (await call("GET", "/v1/brand")).body as BrandView;
const change = async (kit: Partial<BrandView["kit"]>, colors: object = {}) => {
  const now = await brand();
  const next = { ...now.kit, ...kit, colors: { ...now.kit.colors, ...colors } };
  return call("PUT", "/v1/brand", { version: now.version, kit: next });
};

const LETTER = {
  subject: "News from {{ brand.name }}",
  preheader: "New",
  blocks: [
    { id: "a", kind: "logo" },
    { id: "b", kind: "button", text: "Look", url: "{{ brand.url }}" },
    { id: "c", kind: "footer" },
  ],
};

async function makeTemplate(contents: object = { en: LETTER }): Promise<string> {
  const { body } = await call("POST", "/v1/templates", { name: "Letter", contents });
  return body.id;
}

test("CNT-1 a changed kit shows in a template that was published before, without publishing it again", async () => {
  const id = await makeTemplate();
  const preview = async () => (await call("POST", `/v1/templates/${id}/preview`, {})).body;
  const before = await preview();
  expect(before.html).toContain("#b3312c");
  const saved = await change(
    { name: "Weaver", radius: 21, fonts: { heading: "Verdana, sans-serif", body: "Tahoma, sans-serif" } },
    { primary: "#123456" },
  );
  expect(saved.status).toBe(200);
  await change({ footer: { en: "Weaver Ltd\n1 Loom Street <Izmir>" } });
  const after = await preview();
  expect(after.subject).toBe("News from Weaver");
  expect(after.html).toContain("#123456");
  expect(after.html).not.toContain("#b3312c");
  expect(after.html).toContain("border-radius:21px");
  expect(after.html).toContain("Tahoma, sans-serif");
  expect(after.html).toMatch(/Weaver Ltd<br ?\/?>1 Loom Street &lt;Izmir&gt;/);
});

test("CNT-1 the kit of the moment is in a mail that was queued before", async () => {
  const { body: template } = await call("POST", "/v1/templates", {
    name: "Receipt",
    purpose: "transactional",
    contents: { en: LETTER },
  });
  const person = office.addPerson({ first_name: "Ada", email: "ada@example.com" });
  const sent = await call("POST", "/v1/messages", { template_id: template.id, profile: person });
  await change({
    name: "Last Minute",
    senders: { email: { name: "", address: "loom@kilim.test", reply_to: "desk@kilim.test" } },
  });
  await office.messages.sendDue();
  const { from } = (await call("GET", `/v1/mailbox/${sent.body.id}`)).body;
  expect(from).toBe('"Last Minute" <loom@kilim.test>');
  expect((await call("GET", `/v1/mailbox/${sent.body.id}`)).body.subject).toBe("News from Last Minute");
});

test("CNT-1 of two who change the same kit one is told; the versions stay to be read", async () => {
  const { version, kit } = await brand();
  const answers = await Promise.all(
    ["One", "Two"].map((name) => call("PUT", "/v1/brand", { version, kit: { ...kit, name } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { items } = (await call("GET", "/v1/brand/versions?limit=1")).body;
  expect(items).toMatchObject([{ version: version + 1 }]);
});

test.each([
  ["a colour that ends the style", { colors: { primary: "#12345;x" } }],
  ["a font that ends the attribute", { fonts: { heading: 'x"><script>', body: "Arial" } }],
  ["an address that runs code", { url: "javascript:alert(1)" }],
  ["a name of two lines", { name: "a\nBcc: b" }],
  ["a sender that is no address", { senders: { email: { name: "", address: "a@b@c", reply_to: "" } } }],
  ["a logo that nobody uploaded", { logo: { image: "01990000-0000-7000-8000-000000000000", alt: "x", width: 100 } }],
])("%s is refused", async (_name, part) => {
  const { version, kit } = await brand();
  const colors = { ...kit.colors, ...("colors" in part ? part.colors : {}) };
  const { status } = await call("PUT", "/v1/brand", { version, kit: { ...kit, ...part, colors } });
  expect([400, 404]).toContain(status);
});

test("colours are found in every form in which they are written, and what only looks like one is not", async () => {
  const { kit } = await brand();
  const body = [
    `<mj-section background-color="rgb(1, 2, 3)"><mj-column><mj-text color="red">&#233; <a href="https://loom.test/rugs#abc">x</a>`,
    `<span style="color: hsl(0 100% 50% / 0.5); background:#0f0c">y</span>`,
    `<span style="color:${kit.colors.primary}ff;background:transparent;font-weight:bold">z</span></mj-text></mj-column></mj-section>`,
  ].join("");
  const id = await makeTemplate({ en: { subject: "red", body } });
  const { items } = (await call("GET", "/v1/brand/departures?limit=200")).body;
  const mine = items.filter((item: { template_id: string }) => item.template_id === id);
  expect(mine.map(({ value, times }: { value: string; times: number }) => [value, times])).toEqual([
    ["#010203", 1],
    ["#ff0000", 2],
    ["#00ff00", 1],
  ]);
});

test("what departs from the kit is listed, with what comes nearest", async () => {
  const { kit } = await brand();
  const body = `<mj-section background-color="#101010"><mj-column><mj-text color="${kit.colors.text}" font-family="Comic Sans MS">x</mj-text></mj-column></mj-section>`;
  const id = await makeTemplate({ en: { subject: "x", body } });
  const { items } = (await call("GET", "/v1/brand/departures?limit=200")).body;
  const mine = items.filter((item: { template_id: string }) => item.template_id === id);
  expect(mine).toMatchObject([
    { kind: "color", value: "#101010", nearest: "text", language: "en", times: 1 },
    { kind: "font", value: "Comic Sans MS", nearest: "body" },
  ]);
});

test("so does what a shared block brings into templates", async () => {
  const block = { id: "a", kind: "text", html: `<p>x</p>`, color: "#123123" };
  const shared = {
    key: "greeting",
    name: "Greeting",
    default_language: "tr",
    contents: { tr: { blocks: [block], text: "" } },
  };
  const { id } = (await call("POST", "/v1/blocks", shared)).body;
  const { items } = (await call("GET", "/v1/brand/departures?limit=200")).body;
  expect(items.filter((item: { block_id: string | null }) => item.block_id === id)).toMatchObject([
    { template_id: null, channel: null, name: "Greeting", language: "tr", kind: "color", value: "#123123", times: 1 },
  ]);
});
