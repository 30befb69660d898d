import { afterAll, beforeAll, expect, test } from "vitest";

import { newId } from "../../platform/ids.ts";
import { blockWordsFor } from "../content/block-words.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { canDraw, drawBadge, NOTHING } from "./draw-badge.ts";

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice({ smtp: false });
});
afterAll(() => office.close());

const open = (token: string, headers: Record<string, string> = {}) =>
  office.app.inject({ url: `/t/i/${token}`, headers });
const stockToken = (value: string, language = "en") => office.tokens.image({ image: "stock", value, language });

const badge = (text: string, color: string, background: string) => drawBadge({ text, color, background, radius: 6 });

test("CNT-5 the picture says what is in stock when it is opened, in the reader's language", async () => {
  const variant = newId(office.world.clock);
  const token = stockToken(variant, "tr");
  office.stock.set(variant, 1);
  const one = await open(token);
  expect(one.headers).toMatchObject({
    "content-type": "image/png",
    "cache-control": "no-cache, max-age=0, must-revalidate",
  });
  expect(one.rawPayload).toEqual(badge("Son 1 adet", "#ffffff", "#b3312c"));
  office.stock.set(variant, 0);
  await office.world.clock.advance({ seconds: 2 });
  expect((await open(token)).rawPayload).toEqual(badge("Tükendi", "#ffffff", "#6b645c"));
});

test("an unchanged picture is not sent twice", async () => {
  const token = stockToken(newId(office.world.clock));
  const { etag } = (await open(token)).headers;
  expect(etag).toBeDefined();
  const again = await open(token, { "if-none-match": String(etag) });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
});

test("a countdown counts, and says when it is over", async () => {
  const until = office.world.clock.now().add({ hours: 49, minutes: 5 }).toString();
  const token = office.tokens.image({ image: "countdown", value: until, language: "en" });
  expect((await open(token)).rawPayload).toEqual(badge("2 d  1 h  5 min", "#ffffff", "#b3312c"));
  await office.world.clock.advance({ hours: 50 });
  expect((await open(token)).rawPayload).toEqual(badge("Ended", "#ffffff", "#6b645c"));
});

test("CNT-5 the address in a mail is signed, names nobody, and a forged one shows nothing", async () => {
  const variant = newId(office.world.clock);
  const body =
    '<mjml><mj-body><mj-section><mj-column><mj-image src="{{ data.variant | stock_image }}" alt="left" /></mj-column></mj-section></mj-body></mjml>';
  const template = await office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: { name: "x", purpose: "transactional", contents: { en: { subject: "x", body } } },
  });
  const urls: string[] = [];
  for (const name of ["ada", "eve"]) {
    const profile = office.addPerson({ email: `${name}@example.com` });
    const payload = { template_id: template.json().id, profile, data: { variant } };
    const { id } = (await office.app.inject({ method: "POST", url: "/v1/messages", payload })).json();
    await office.messages.sendDue();
    const { html } = (await office.app.inject(`/v1/mailbox/${id}`)).json();
    urls.push(/src="(http:\/\/kilim\.test\/t\/i\/[^"]+)"/.exec(html)?.[1] ?? "");
  }
  expect(urls[0]).not.toBe("");
  expect(urls[0]).toBe(urls[1]);
  const token = urls[0]?.split("/").at(-1) ?? "";
  expect((await open(token)).statusCode).toBe(200);
  expect((await open(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).statusCode).toBe(404);
  expect((await open(office.tokens.open(variant))).statusCode).toBe(404);
});

test("what is not known is a pixel that nobody sees", async () => {
  expect((await open(stockToken("nonsense"))).rawPayload).toEqual(NOTHING);
  const until = office.tokens.image({ image: "countdown", value: "soon", language: "en" });
  expect((await open(until)).rawPayload).toEqual(NOTHING);
});

test("every word the pictures say can be drawn", () => {
  for (const language of ["en", "tr", "id"]) {
    const { onlyLeft, soldOut, inStock, ended, units } = blockWordsFor(language);
    for (const text of [onlyLeft.replace("{n}", "123"), soldOut, inStock, ended, ...units])
      expect(canDraw(text), text).toBe(true);
  }
});
