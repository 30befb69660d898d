import { describe, expect, test } from "vitest";
import { brandOf } from "../brand/brand-book.ts";
import { firstKit } from "../brand/kit.ts";
import { compileBody } from "./compile-body.ts";
import { LiquidError, LiquidTooSlow, parseLiquid, renderLiquid } from "./liquid.ts";
import { NOTHING_LIVE } from "./read-live.ts";
import { oneLine, renderContent } from "./render-content.ts";
import { makeRenderData, type RenderSources } from "./render-data.ts";

const BODY = `<mjml><mj-body>
  <mj-section><mj-column><mj-text>Hi {{ person.first_name | default: "there" }}</mj-text></mj-column></mj-section>
  <mj-raw>{% for item in cart.items %}</mj-raw>
  <mj-section><mj-column>
    <mj-image src="{{ item.image_url }}" alt="{{ item.title }}" />
    <mj-text>{{ item.title }}, {{ item.price | money }}{% if item.stock == 1 %}: only 1 left{% endif %}</mj-text>
    <mj-button href="{{ cart.url }}">To the cart</mj-button>
  </mj-column></mj-section>
  <mj-raw>{% endfor %}</mj-raw>
</mj-body></mjml>`;

const links = {
  track: (url: string) => `https://k.test/t/c/${encodeURIComponent(url)}`,
  pixel: "https://k.test/t/o/x",
  image: (image: string, value: string, language: string) => `https://k.test/t/i/${image}-${value}-${language}`,
};

function sources(traits: Record<string, string>, change: Partial<RenderSources> = {}): RenderSources {
  return {
    profile: { id: "p", traits, computed: {}, consent: {}, first_seen: "", last_seen: "" } as never,
    email: "zeynep@example.com",
    language: "tr",
    live: {
      ...NOTHING_LIVE,
      cart: {
        items: [
          {
            variant_id: "v1",
            product_id: "p1",
            title: "Ayakkabı",
            size: "38",
            color: "black",
            image_url: "/assets/products/p1.svg",
            price: { amount: 129950, currency: "TRY" },
            quantity: 1,
          },
        ],
      },
      stock: new Map([["v1", 1]]),
    },
    data: {},
    brand: brandOf(firstKit({ name: "Kilim", url: "https://shop.test", cart_url: "https://shop.test/cart" }), "tr", ""),
    publicUrl: "https://k.test",
    unsubscribeUrl: "https://k.test/t/u/abc",
    preferencesUrl: () => "https://k.test/t/p/abc",
    confirmUrl: () => null,
    ...change,
  };
}

async function render(traits: Record<string, string>, subject = "Merhaba {{ person.first_name }}") {
  const { html } = await compileBody(BODY, "tr", "marketing");
  return renderContent({ subject, html }, makeRenderData(sources(traits)), { strict: true, links });
}

test("name, picture, price in her language and the stock of this moment are in the mail", async () => {
  const mail = await render({ first_name: "Zeynep" });
  expect(mail.subject).toBe("Merhaba Zeynep");
  expect(mail.html).toContain('src="https://k.test/assets/products/p1.png"');
  expect(mail.html).toContain("only 1 left");
  expect(mail.html).toContain("₺1.299,50");
  expect(mail.text).toContain("only 1 left");
  expect(mail.text).toContain("https://shop.test/cart");
});

test("MSG-7 HTML in a name is shown, not obeyed", async () => {
  const mail = await render({ first_name: '<img src=x onerror="alert(1)">' });
  expect(mail.html).toContain("&lt;img src=x onerror=&#34;alert(1)&#34;&gt;");
  expect(mail.html).not.toContain("<img src=x");
});

test("MSG-7 Liquid in a profile's field is text, never run", async () => {
  const mail = await render({ first_name: "{{ person.email }}{% for i in (1..9) %}x{% endfor %}" });
  expect(mail.subject).toContain("{{ person.email }}");
  expect(mail.html).toContain("{{ person.email }}{% for i in (1..9) %}x{% endfor %}");
});

test("MSG-8 a line break in a name stays inside the subject", async () => {
  const mail = await render({ first_name: "Eve\r\nBcc: all@example.com\u2028x" });
  expect(mail.subject).toBe("Merhaba Eve Bcc: all@example.com x");
  expect(oneLine("a\u0000b\tc")).toBe("a b c");
});

test("links go through the signed redirect; addresses that could run code go nowhere", async () => {
  const html = renderContent(
    {
      subject: "s",
      html: '<body><a href="https://a.test/?x=1&amp;y=2">a</a><a href="{{ person.site }}">b</a><a href=\'mailto:a@b.c\'>c</a></body>',
    },
    makeRenderData(sources({ site: "javascript:alert(1)" })),
    { strict: true, links },
  ).html;
  expect(html).toContain(`href="https://k.test/t/c/${encodeURIComponent("https://a.test/?x=1&y=2")}"`);
  expect(html).toContain('<a href="#">b</a>');
  expect(html).toContain('href="mailto:a@b.c"');
  expect(html).toContain('<img src="https://k.test/t/o/x"');
});

describe("bounds", () => {
  const run = (source: string, strict = false) =>
    renderLiquid(parseLiquid(source, "plain"), "plain", { a: "x", language: "en" }, strict);

  test("a missing value is an error in strict mode, a blank in a sent mail", () => {
    expect(run("[{{ nobody }}]")).toBe("[]");
    expect(() => run("[{{ nobody }}]", true)).toThrow(LiquidError);
    expect(run('{{ nobody | default: "there" }}', true)).toBe("there");
  });

  test.each([
    ["a loop without end", "{% for i in (1..100000000) %}{{ i }}{% endfor %}"],
    ["nested loops", `${"{% for i in (1..3000) %}".repeat(4)}x${"{% endfor %}".repeat(4)}`],
  ])("%s is stopped", (_name, source) => {
    expect(() => run(source)).toThrow(LiquidError);
  });

  test("what took too long on a busy machine is told from what is wrong: it may be tried again", () => {
    const slow = {
      get wait() {
        for (const until = performance.now() + 600; performance.now() < until; );
        return "";
      },
    };
    const render = (source: string) => renderLiquid(parseLiquid(source, "plain"), "plain", { slow }, false);
    expect(() => render("{{ slow.wait }}.")).toThrow(LiquidTooSlow);
    expect(() => render("{% for i in (1..100000000) %}{{ i }}{% endfor %}")).toThrow("memory alloc limit exceeded");
  });

  test("a template reaches no prototype and no file", () => {
    expect(run("{{ a.constructor }}{{ a.__proto__ }}")).toBe("");
    expect(() => run('{% render "/etc/passwd" %}')).toThrow(LiquidError);
  });
});
