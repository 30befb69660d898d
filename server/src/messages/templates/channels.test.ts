import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { en } from "../../../../dashboard/src/i18n/en.ts";
import { brandOf } from "../brand/brand-book.ts";
import { firstKit } from "../brand/kit.ts";
import { channelContent } from "../content/kinds.ts";
import { LiquidError } from "../content/liquid.ts";
import { NOTHING_LIVE } from "../content/read-live.ts";
import { makeRenderData } from "../content/render-data.ts";
import type { TextChannel } from "../content/render-written.ts";
import { WRITTEN, type Written } from "../content/written.ts";
import type { GalleryItem } from "../contracts.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { renderTemplate } from "./render-template.ts";

const NOW = Temporal.Instant.from("2026-03-01T10:00:00Z");
const kit = firstKit({ name: "Kilim", url: "https://shop.test", cart_url: "https://shop.test/cart" });

function dataOf(traits: Record<string, string>) {
  return makeRenderData({
    profile: { id: "p", traits, computed: {}, consent: {}, first_seen: "", last_seen: "" } as never,
    email: null,
    language: "en",
    live: NOTHING_LIVE,
    data: {},
    brand: brandOf(kit, "en", "https://k.test"),
    publicUrl: "https://k.test",
    unsubscribeUrl: "https://k.test/t/u/x",
    preferencesUrl: () => "https://k.test/t/p/x",
    confirmUrl: () => null,
  });
}

function render(channel: TextChannel, written: object, traits: Record<string, string> = { first_name: "Ada" }) {
  const read = WRITTEN[channel].parse(written) as Written;
  return renderTemplate(channel, { written: read }, dataOf(traits), { strict: false, now: NOW });
}

const NAME = "{{ person.first_name }}";
const SHAPES: readonly [TextChannel, object][] = [
  ["sms", { text: `Hello ${NAME}` }],
  ["whatsapp", { kind: "template", name: "hello", language: "tr", body: [NAME] }],
  ["whatsapp", { kind: "text", text: `Hello ${NAME}` }],
  ["push", { title: `Hello ${NAME}`, url: "https://shop.test/{{ person.first_name | url_encode }}" }],
  ["onsite", { layout: "modal", title: NAME, body: NAME, expires_hours: 2 }],
  [
    "webhook",
    { url: "https://hook.test/a", headers: { "X-Name": NAME }, body: `{"name":"${NAME}","all":{{ person | json }}}` },
  ],
  ["letter", { format: "postcard_a6", heading: NAME, body: `Dear ${NAME}`, coupon: { code: "A1", symbology: "qr" } }],
  ["call", { script: `Ask for ${NAME}`, reason: NAME, due_hours: 24 }],
  ["social", { text: NAME }],
];

describe("CNT-4 what is written becomes the channel's shape", () => {
  test.each(SHAPES)("%s", (channel, written) => {
    const made = render(channel, written);
    expect(channelContent.parse(made)).toEqual(made);
    expect(JSON.stringify(made)).toContain("Ada");
  });

  test.each(SHAPES)("%s whatever the name is", (channel, written) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (name) => {
        try {
          const made = render(channel, written, { first_name: name });
          expect(channelContent.safeParse(made).success).toBe(true);
          if ("body" in made && channel === "webhook")
            expect(JSON.parse(String(made.body))).toMatchObject({ name, all: { first_name: name } });
        } catch (error) {
          // A message that would be empty, or too long for its field, fails; it never goes out in another shape.
          expect(error).toBeInstanceOf(LiquidError);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("Liquid in a value is text, and a line break begins no other header", () => {
    const hook = render("webhook", SHAPES[5]?.[1] ?? {}, { first_name: "{{ brand.name }}\r\nX-Evil: 1" });
    expect(hook).toMatchObject({ headers: { "X-Name": "{{ brand.name }} X-Evil: 1" } });
    expect(render("onsite", { layout: "banner", title: NAME }, { first_name: "<b>{% raw %}" })).toMatchObject({
      title: "<b>{% raw %}",
    });
  });

  test("an address made by a value that is no web address is left out; a webhook's fails", () => {
    const evil = { first_name: "javascript:alert(1)" };
    expect(render("push", { title: "x", url: NAME, image: NAME }, evil)).not.toHaveProperty("url");
    expect(() => render("webhook", { url: NAME, body: "{}" }, evil)).toThrow(LiquidError);
    expect(() => render("webhook", { url: "https://hook.test", body: NAME })).toThrow("not JSON");
    expect(() => render("sms", { text: NAME }, { first_name: "" })).toThrow(LiquidError);
  });

  test("times count from the moment of rendering", () => {
    expect(render("call", { script: "x", reason: "y", due_hours: 24 })).toMatchObject({
      due_at: "2026-03-02T10:00:00.000Z",
    });
  });
});

describe("over the API", () => {
  let office: PostOffice;
  beforeAll(async () => {
    office = await openPostOffice({ smtp: false });
  });
  afterAll(() => office.close());
  const call = async (method: "GET" | "PUT" | "POST" | "DELETE", url: string, payload?: object) => {
    const answer = await office.app.inject({ method, url, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json() };
  };

  test("every template of the gallery can be published and has nothing wrong with it", async () => {
    const { items } = (await call("GET", "/v1/templates/gallery?language=tr")).body as { items: GalleryItem[] };
    expect(new Set(items.map(({ channel }) => channel)).size).toBe(9);
    const person = office.addPerson({ first_name: "Ada", email: "ada@example.com", city: "Izmir" });
    for (const { id, channel, purpose, name, contents } of items) {
      const made = await call("POST", "/v1/templates", { name, channel, purpose, default_language: "en", contents });
      expect(made.status, `${id} ${JSON.stringify(made.body)}`).toBe(201);
      const shown = await call("POST", `/v1/templates/${made.body.id}/preview`, { profile: person, language: "id" });
      expect(shown.body.html !== "" || shown.body.content !== null, `${id} ${shown.body.errors}`).toBe(true);
      const { findings } = (await call("POST", `/v1/templates/${made.body.id}/check`, {})).body;
      const errors = findings.filter((one: { severity: string }) => one.severity === "error");
      expect(errors, id).toEqual([]);
    }
  });

  test("the mistakes of one channel's content come with their fields", async () => {
    const push = await call("POST", "/v1/templates", {
      name: "x",
      channel: "push",
      contents: { en: { body: "no title" } },
    });
    expect(push.body.errors).toMatchObject([{ path: "contents.en.title" }]);
    const sms = await call("POST", "/v1/templates", {
      name: "x",
      channel: "sms",
      contents: { en: { text: "{% if %}" } },
    });
    expect(sms.body.errors).toMatchObject([{ path: "contents.en.text" }]);
    const both = { subject: "x", body: "x", blocks: [] };
    expect((await call("POST", "/v1/templates", { name: "x", contents: { en: both } })).status).toBe(400);
    const huge = { subject: "x", body: "x".repeat(10_000_000) };
    expect((await call("POST", "/v1/templates", { name: "x", contents: { en: huge } })).status).toBe(413);
  });

  test("CNT-3 versions are kept, compared and restored; a draft is not overwritten by who has not seen it", async () => {
    const sms = (text: string) => ({ name: "v", channel: "sms", contents: { en: { text } } });
    const { id } = (await call("POST", "/v1/templates", sms("one"))).body;
    await call("PUT", `/v1/templates/${id}?base=1`, sms("two"));
    expect((await call("PUT", `/v1/templates/${id}?base=1`, sms("three"))).status).toBe(409);
    expect(
      (await call("PUT", `/v1/templates/${id}`, { name: "v", contents: { en: { subject: "x", body: "x" } } })).status,
    ).toBe(400);
    const restored = await call("POST", `/v1/templates/${id}/versions/1/restore`);
    expect(restored.body).toMatchObject({ version: 3, contents: { en: { text: "one" } } });
    const { items } = (await call("GET", `/v1/templates/${id}/versions`)).body;
    expect(items.map(({ version, note }: { version: number; note: string }) => [version, note])).toEqual([
      [3, "restored version 1"],
      [2, null],
      [1, null],
    ]);
    expect((await call("GET", `/v1/templates/${id}/versions/2`)).body.contents).toEqual({ en: { text: "two" } });

    const url = `/v1/templates/${id}/draft`;
    const draft = (revision: number, text: string) => ({
      revision,
      body: { name: "v", purpose: "marketing", default_language: "en", contents: { en: { text } } },
    });
    const first = await Promise.all(["a", "b", "c"].map((text) => call("PUT", url, draft(0, text))));
    expect(first.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await call("PUT", url, draft(1, "d"))).body).toMatchObject({ revision: 2, based_on: 3 });
    expect((await call("PUT", url, draft(1, "e"))).body.code).toBe("draft_conflict");
    await call("PUT", `/v1/templates/${id}`, sms("four"));
    expect((await call("GET", url)).status).toBe(404);
  });

  test("CNT-8 a preview names everything that somebody lacks; a default mends it", async () => {
    const { id } = (await call("POST", "/v1/templates", { name: "x", channel: "sms", contents: { en: { text: "x" } } }))
      .body;
    const person = office.addPerson({ email: "a@example.com" });
    const ask = async (text: string) =>
      (await call("POST", `/v1/templates/${id}/preview`, { profile: person, content: { text } })).body;
    const shown = await ask("Hi {{ person.first_name }} of {{ person.city }} and {{ data.code }}");
    expect(shown.missing.map(({ variable }: { variable: string }) => variable)).toEqual([
      "person.first_name",
      "person.city",
      "data.code",
    ]);
    expect(shown.text).toBe("Hi  of  and");
    const mended = await ask('Hi {{ person.first_name | default: "you" }}');
    expect(mended).toMatchObject({ errors: [], missing: [], text: "Hi you", segments: { segments: 1 } });
  });

  test("a test goes to whoever is named, untracked, with nothing noted on the person", async () => {
    const { id } = (
      await call("POST", "/v1/templates", {
        name: "x",
        contents: { en: { subject: "Hi", body: '<a href="https://a.test/">a</a>' } },
      })
    ).body;
    const person = office.addPerson({ email: "real@example.com" });
    const sent = await call("POST", `/v1/templates/${id}/test`, { profile: person, to: "me@example.com" });
    expect(sent).toMatchObject({ status: 202, body: { to: "me@example.com" } });
    await office.messages.sendDue();
    const [mail] = (await call("GET", "/v1/mailbox")).body.items;
    expect(mail).toMatchObject({ to: "me@example.com", subject: "[Test] Hi" });
    expect((await call("GET", `/v1/mailbox/${mail.id}`)).body.html).toContain('href="https://a.test/"');
    expect((await call("GET", `/v1/messages?profile=${person}`)).body.items).toEqual([]);
  });

  test("the balance that nobody keeps yet is named as missing and takes a default; a template with it is published", async () => {
    const written = { subject: "Hi", body: "{{ balance.points }}" };
    const { status, body } = await call("POST", "/v1/templates", { name: "Points", contents: { en: written } });
    expect(status).toBe(201);
    const person = office.addPerson({ email: "points@example.com" });
    const preview = (content: object) =>
      call("POST", `/v1/templates/${body.id}/preview`, { profile: person, content }).then((shown) => shown.body);
    const missing = (await preview(written)).missing.map(({ variable }: { variable: string }) => variable);
    expect(missing.some((name: string) => name.startsWith("balance"))).toBe(true);
    const check = (text: string) =>
      call("POST", `/v1/templates/${body.id}/check`, { contents: { en: { ...written, body: text } } });
    const codes = async (text: string) =>
      (await check(text)).body.findings.map(({ code }: { code: string }) => code) as string[];
    expect(await codes(written.body)).toContain("no_default");
    const mended = await codes("{{ balance.points | default: 0 }}");
    expect([mended.includes("no_default"), mended.includes("variable_unknown")]).toEqual([false, false]);
  });

  test.each([
    [
      "light text of MJML on light paper",
      {
        subject: "Hi",
        body: '<mj-section background-color="#fafafa"><mj-column><mj-text color="#ddd">x</mj-text></mj-column></mj-section>',
      },
      ["low_contrast", "body"],
    ],
    [
      "a style by hand inside a text",
      { subject: "Hi", body: '<p style="background:{{ brand.colors.text }}; color:#333333">x</p>' },
      ["low_contrast", "body"],
    ],
    ["an endless loop", { subject: "Hi", body: "{% for i in (1..100000000) %}a{% endfor %}" }, ["not_made", "body"]],
  ])("CNT-5 %s is told before it is published", async (_name, written, found) => {
    const { body } = await call("POST", "/v1/templates", { name: "x", contents: { en: { subject: "x", body: "x" } } });
    const { findings } = (await call("POST", `/v1/templates/${body.id}/check`, { contents: { en: written } })).body;
    expect(findings.map(({ code, path }: Record<string, string>) => [code, path])).toContainEqual(found);
  });

  const hi = (body: string) => ({ subject: "Hi", body });
  test.each([
    [hi("{% if a %}"), "liquid_not_closed", "tag {% if a %} not closed"],
    [{ subject: "{{ a | nope }}", body: "x" }, "liquid_no_filter", "undefined filter: nope, line:1, col:1"],
    [hi('{% include "x" %}'), "liquid_no_tag", undefined],
    [hi("<mj-unknown>x</mj-unknown>"), "mjml_in_text", "<mj-unknown>"],
    [hi("<mjml><mj-body><mj-section></mjml>"), "mjml_not_closed", "<mj-body>"],
    [hi("{{ shared.nobody }}"), "shared_unknown", "nobody"],
    [hi("<mj-section>{% if a %}x{% endif %}</mj-section>"), "liquid_lost", "1: {% if a %}"],
    [{ subject: "", body: "x" }, "field_empty", null],
    [{ subject: "x".repeat(600), body: "x" }, "field_too_big", "500"],
    [{ subject: "x" }, "field_body_or_blocks", null],
    [{ subject: "x", body: "x", color: "red" }, "field_unknown", "color"],
    [{ subject: "x", body: 5 }, "field_not_valid", null],
  ])(
    "CNT-4 what cannot be published is told by a code with words in each language: %o",
    async (written, code, value) => {
      const { body } = await call("POST", "/v1/templates", { name: "x", contents: { en: hi("x") } });
      const { findings } = (await call("POST", `/v1/templates/${body.id}/check`, { contents: { en: written } })).body;
      const told = findings.find((one: { code: string }) => one.code === code);
      expect(told, JSON.stringify(findings)).toMatchObject({
        severity: "error",
        ...(value === undefined ? {} : { value }),
      });
      expect(Object.keys(en.composer.finding)).toContain(code);
    },
  );

  test("CNT-5 what is easy to read is not called hard to read", async () => {
    const easy =
      '<mj-section background-color="#222222"><mj-column><mj-text color="#ffffff">x</mj-text></mj-column></mj-section>';
    const { body } = await call("POST", "/v1/templates", { name: "x", contents: { en: { subject: "x", body: easy } } });
    const { findings } = (await call("POST", `/v1/templates/${body.id}/check`, {})).body;
    expect(findings.map(({ code }: Record<string, string>) => code)).not.toContain("low_contrast");
  });

  test("CNT-5 a webhook's body that no values make JSON is not published; an SMS that costs two says so", async () => {
    const hook = (body: string) => ({
      name: "h",
      channel: "webhook",
      contents: { en: { url: "https://hooks.test/x", method: "POST", headers: {}, body } },
    });
    const refused = await call("POST", "/v1/templates", hook('{ "name": {{ person.first_name | json }}'));
    expect(refused.body.errors).toMatchObject([{ path: "contents.en.body" }]);
    expect((await call("POST", "/v1/templates", hook('{ "name": {{ person.first_name | json }} }'))).status).toBe(201);
    const text = `${"x".repeat(200)} STOP`;
    const { body } = await call("POST", "/v1/templates", { name: "s", channel: "sms", contents: { en: { text } } });
    const { findings } = (await call("POST", `/v1/templates/${body.id}/check`, {})).body;
    expect(findings).toMatchObject([{ code: "sms_long", value: "2 SMS" }]);
  });

  test("every variable is spelt out in the reader's language", async () => {
    const { items, filters } = (await call("GET", "/v1/templates/variables?language=tr")).body;
    expect(items.find(({ name }: { name: string }) => name === "person.first_name")).toMatchObject({
      meaning: "Bildirdiği adı.",
    });
    expect(filters.map(({ name }: { name: string }) => name)).toContain("money");
  });
});
