import fc from "fast-check";
import { expect, test } from "vitest";

import { compileBody } from "./compile-body.ts";
import { liquidTags, splitLiquid } from "./liquid-tags.ts";

const mjml = (inner: string) => `<mjml><mj-body>${inner}</mj-body></mjml>`;
const section = (inner: string) => `<mj-section><mj-column>${inner}</mj-column></mj-section>`;

test("MSG-6 a Liquid tag between sections, which MJML drops silently, is an error that names the line", async () => {
  const body = mjml(`\n{% if cart.count > 0 %}\n${section("<mj-text>hello</mj-text>")}\n{% endif %}`);
  const { errors, html } = await compileBody(body, "en", "transactional");
  expect(errors.map(({ code, value }) => `${code} ${value}`)).toEqual([
    "liquid_lost 2: {% if cart.count > 0 %}",
    "liquid_lost 4: {% endif %}",
  ]);
  expect(errors[0]?.message).toContain("line 2: `{% if cart.count > 0 %}` is lost in compilation");
  expect(html).toBe("");
});

test("the same tags inside mj-raw, attributes and texts survive", async () => {
  const body = mjml(
    `<mj-raw>{% for item in cart.items %}</mj-raw>${section(
      '<mj-image src="{{ item.image_url }}" alt="{{ item.title | upcase }}" href="{{ cart.url }}?a=1&amp;b=2"/><mj-text>{% if item.stock < 3 %}only {{ item.stock }} left{% endif %}</mj-text>',
    )}<mj-raw>{% endfor %}</mj-raw>`,
  );
  const { errors, html } = await compileBody(body, "tr", "transactional");
  expect(errors).toEqual([]);
  expect(html).toContain("{% if item.stock < 3 %}");
  expect(html).toContain('lang="tr"');
  expect(html).not.toMatch(/fonts\.googleapis|https?:\/\/(?!www\.w3\.org)/);
});

test("a marketing mail gets a way out in its language when the author forgot it", async () => {
  const { html } = await compileBody(mjml(section("<mj-text>hi</mj-text>")), "tr", "marketing");
  expect(html).toContain('href="{{ unsubscribe_url }}"');
  expect(html).toContain("Abonelikten çık");
});

test("an include reads no file", async () => {
  const { html, errors } = await compileBody(mjml('<mj-include path="/etc/passwd" />'), "en", "transactional");
  expect(html).not.toContain("root:");
  expect(errors.length).toBeGreaterThan(0);
});

test.each([
  ["unknown element", mjml(section("<mj-unknown>x</mj-unknown>"))],
  ["broken markup", "<mjml><mj-body><mj-section></mjml>"],
  ["unbalanced Liquid", mjml(section("<mj-text>{% if a %}x</mj-text>"))],
  ["unknown filter", mjml(section("<mj-text>{{ a | explode }}</mj-text>"))],
  ["partials", mjml(section('<mj-text>{% include "x" %}</mj-text>'))],
  ["depth", mjml(section(`<mj-text>${"{% if a %}".repeat(50)}${"{% endif %}".repeat(50)}</mj-text>`))],
])("%s is an error of the author", async (_name, body) => {
  expect((await compileBody(body, "en", "transactional")).errors.length).toBeGreaterThan(0);
});

const TAGS = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

test("MSG-21 Liquid is found as the pattern finds it, and in one pass however many braces nothing closes", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("{", "}", "%", "a"), maxLength: 40 }), (text) => {
      expect(liquidTags(text).map(({ tag }) => tag)).toEqual([...text.matchAll(TAGS)].map(([tag]) => tag));
      expect(splitLiquid(text).join("")).toBe(text);
    }),
  );
  const before = performance.now();
  expect(liquidTags("{{{%".repeat(500_000))).toEqual([]);
  expect(performance.now() - before).toBeLessThan(5_000);
});

test("a number or a colour of the author's own is never taken for one of the brand's", async () => {
  const phone = "+90 555 417700 417701, #0b1da0";
  const { html, errors } = await compileBody(
    mjml(section(`<mj-text color="{{ brand.colors.primary }}">${phone}</mj-text>`)),
    "en",
    "transactional",
  );
  expect(errors).toEqual([]);
  expect(html).toContain(phone);
  expect(html).toContain("color:{{ brand.colors.primary }}");
});
