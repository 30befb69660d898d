import { inflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction } from "../../platform/db.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { BrandView } from "./contracts.ts";

/** The kit of a retailer that looks like nobody else; every place where people meet it must wear this. */
const COLORS = {
  primary: "#123456",
  on_primary: "#fedcba",
  accent: "#0f0f1e",
  background: "#eeddcc",
  surface: "#fff1f2",
  text: "#101b2c",
  muted: "#445566",
};
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>';

let server: TestServer;
let image: string;
let person: string;
beforeAll(async () => {
  server = await createServer();
  const uploaded = await fetch(`${server.url}/v1/images?name=logo.png`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": "image/png" },
    body: new Uint8Array(new Resvg(SVG).render().asPng()),
  });
  image = ((await uploaded.json()) as { id: string }).id;
  const { body: now } = await server.call<BrandView>("GET", "/v1/brand");
  const kit = {
    ...now.kit,
    name: "Weaver",
    colors: COLORS,
    fonts: { heading: "Verdana", body: "Tahoma, sans-serif" },
    radius: 17,
    logo: { image, alt: "The loom", width: 90 },
    footer: { en: "Weaver Ltd\n1 Loom Street <Izmir>", tr: "Weaver A.Ş." },
    senders: {
      email: { name: "Weaver", address: "hello@weaver.example", reply_to: "desk@weaver.example" },
      letter: { name: "Weaver Mail", address: "PO Box 7, Izmir", reply_to: "" },
    },
  };
  expect((await server.call("PUT", "/v1/brand", { version: now.version, kit })).status).toBe(200);
  await server.call("POST", "/v1/identify", {
    writeKey: server.writeKey,
    userId: "elif",
    traits: { email: "elif@example.com", language: "tr", first_name: "Elif" },
  });
  await server.settle();
  person = (await server.call<{ id: string }>("GET", "/v1/profiles/user_id:elif")).body.id;
});
afterAll(() => server.close());

const page = async (url: string) => (await fetch(url, { headers: { authorization: "" } })).text();
async function newestMail(): Promise<string> {
  await server.settle();
  const { body } = await server.call<{ items: { id: string; from: string }[] }>("GET", "/v1/mailbox?limit=1");
  expect(body.items[0]?.from).toBe('"Weaver" <hello@weaver.example>');
  return (await server.call<{ html: string }>("GET", `/v1/mailbox/${body.items[0]?.id}`)).body.html;
}
/** What a PDF draws, so that colours can be looked for in it. */
function drawnIn(pdf: Buffer): string {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map(([, stream = ""]) => Buffer.from(stream, "latin1"))
    .flatMap((bytes) => (bytes[0] === 0x78 ? [inflateSync(bytes).toString("latin1")] : []))
    .join("\n");
}
/** As PDF writes `#rrggbb`. */
const inked = (hex: string) =>
  [1, 3, 5].map((at) =>
    String(Math.round((Number.parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000).slice(0, 4),
  );

const dressed = (html: string, footer = "1 Loom Street &#60;Izmir&#62;") => {
  for (const color of [COLORS.primary, COLORS.background, COLORS.surface, COLORS.text]) expect(html).toContain(color);
  expect(html).toContain("Tahoma, sans-serif");
  expect(html).toContain(`/assets/images/${image}`);
  expect(html).toContain('alt="The loom"');
  expect(html).toContain(footer);
};

test("CNT-1 the preference page and what follows it wear the kit", async () => {
  const { body } = await server.call<{ url: string }>("GET", `/v1/profiles/${person}/preferences-link`);
  dressed(await page(body.url), "Weaver A.Ş.");
  dressed(await page(`${server.url}/t/p/forged`));
  const shown = await fetch(body.url, { headers: { authorization: "" } });
  expect(shown.headers.get("content-security-policy")).toContain("img-src 'self'");
});

test("CNT-1 so does the page of an unsubscribe link, in its reader's language", async () => {
  dressed(await page(`${server.url}/t/u/forged`));
  const { body: template } = await server.call<{ id: string }>("POST", "/v1/templates", {
    name: "News",
    purpose: "transactional",
    contents: {
      en: { subject: "News", body: "<p>{{ unsubscribe_url }}</p>" },
      tr: { subject: "Haberler", body: "<p>{{ unsubscribe_url }}</p>" },
    },
  });
  await server.call("POST", "/v1/messages", { template_id: template.id, profile: person });
  const url = /https?:\/\/[^\s<"]+\/t\/u\/[^\s<"]+/.exec(await newestMail())?.[0] ?? "";
  const asked = await page(url);
  expect(asked).toContain('lang="tr"');
  dressed(asked, "Weaver A.Ş.");
});

test("CNT-1 so do the mails that no template makes: sign-in code, double opt-in", async () => {
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": "d-1" };
  await server.call("POST", "/v1/shopper/sign-in", { email: "elif@example.com", language: "en" }, device);
  dressed(await newestMail());
  const asked = { email: "new@example.com", purposes: ["marketing"], wording: "Yes", source: "form", language: "en" };
  const answer = await server.call("POST", "/v1/consent/requests", asked, {
    authorization: `Bearer ${server.writeKey}`,
  });
  expect(answer.status).toBe(202);
  dressed(await newestMail());
});

test("CNT-1 a letter is printed in the kit of the moment it is printed", async () => {
  const to = JSON.stringify({ name: "Elif", line1: "Kordon 1", city: "İzmir", postal_code: "35210", country: "TR" });
  const content = { channel: "letter", format: "letter_a4", heading: "Hi", body: "New", footer: "Weaver" } as const;
  await inTransaction(server.db, (tx) => server.rooms.messages.sendDirect(tx, { profileId: person, to, content }));
  server.bus.wake("messages");
  await server.settle();
  const { body } = await server.call<{ id: string }>("POST", "/v1/letters/batches", { format: "letter_a4" });
  const answer = await fetch(`${server.url}/v1/letters/batches/${body.id}/pdf`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  const pdf = Buffer.from(await answer.arrayBuffer());
  expect(pdf.toString("latin1")).toContain("/Subtype /Image");
  const drawn = drawnIn(pdf);
  for (const color of [COLORS.text, COLORS.muted])
    expect(drawn).toMatch(new RegExp(`${inked(color).join("\\d* ")}\\d* scn`));
});
