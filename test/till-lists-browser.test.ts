import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { IZMIR, stockedProduct } from "../server/src/inventory/testing.ts";
import { adding, operations } from "../server/src/lists/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import words from "../store/src/locales/en.json" with { type: "json" };
import { isGood } from "./browsers.ts";
import { PHONE, Stand, TABLET } from "./till-stand.ts";

/** Her lists and her bag in the store: brought, filled, and paid for at the till. */

let stand: Stand;
beforeAll(async () => {
  stand = await Stand.build();
}, 120_000);
afterAll(() => stand?.close());
beforeEach(() => stand.fillShelves());

test("LIST-18 a list to bring: seen at once with its shelves, fetched, sold at the till without what was not there", async () => {
  const { variantIds } = await stockedProduct(stand.server, [{ [IZMIR]: 4 }, { [IZMIR]: 2 }, { [IZMIR]: 1 }]);
  const [first = "", second = "", third = ""] = variantIds;
  const places = [
    { variant_id: first, place: "B-2" },
    { variant_id: second, place: "B-14" },
  ];
  await stand.server.call("PUT", "/v1/stock/shelf-places", { store_id: IZMIR, items: places });
  const device = {
    authorization: `Bearer ${stand.server.writeKey}`,
    "x-kilim-anonymous-id": newId(stand.server.clock),
  };
  const lists = "/v1/shopping-lists";
  const listOf = async (kind: string, ...wanted: Parameters<typeof adding>[]) => {
    const { body } = await stand.server.call<{ id: string }>("POST", lists, { kind }, device);
    await stand.server.call(
      "POST",
      `${lists}/${body.id}/operations`,
      operations(...wanted.map((one) => adding(...one))),
      device,
    );
    return body.id;
  };
  const listId = await listOf("shopping", [first, 2], [second, 1, { note: "for Ali" }], [third]);
  await listOf("wish", [third]);

  const context = await stand.standAt(PHONE);
  const page = await stand.open(context, "/store/queue");
  await page.getByText(words.errand.none).waitFor();
  const asked = { store_id: IZMIR, called: "Deniz" };
  await stand.server.call("POST", `${lists}/${listId}/errands`, asked, device);
  const stateOf = async () =>
    (await stand.server.call<{ errand: { state: string } }>("GET", `${lists}/${listId}/errand`, undefined, device)).body
      .errand.state;

  // It appears by itself, in the order of the shelves.
  const card = page.getByTestId("errand").filter({ hasText: "Deniz" });
  const line = (nth: number) => card.getByTestId("errand-line").nth(nth);
  await line(0).getByText("B-2").waitFor();
  await line(1).getByText("for Ali").waitFor();
  await line(2).getByText(words.errand.noPlace).waitFor();
  await isGood(page, "errand-phone-dark");
  for (const language of ["tr", "id"]) await stand.isWhole("errand", language);
  await card.getByRole("button", { name: words.errand.take }).click();
  await card.getByText(words.errand.state.taken).waitFor();
  for (const [nth, said] of [words.errand.found, words.errand.found, words.errand.notFound].entries()) {
    await line(nth).getByRole("button", { name: said }).click();
    await line(nth).getByRole("button", { name: said, pressed: true }).waitFor();
  }
  await isGood(page, "errand-taken-phone-dark");
  const turkish = await stand.standAt(TABLET, "tr");
  const beside = await stand.open(turkish, "/store/queue");
  await beside.getByTestId("errand").waitFor();
  await isGood(beside, "errand-tr");
  await turkish.close();
  await card.getByRole("button", { name: words.errand.giveBack }).click();
  await expect.poll(stateOf).toBe("open");
  await card.getByRole("button", { name: words.errand.take }).click();
  await card.getByRole("button", { name: words.errand.bring }).click();
  await expect.poll(stateOf).toBe("ready");

  // Ended by a slip of the thumb: it comes back.
  await card.getByRole("button", { name: words.errand.finish }).click();
  await card.waitFor({ state: "detached" });
  await page.getByRole("button", { name: words.queue.undo }).click();
  await card.waitFor();
  expect(await stateOf()).toBe("ready");

  await card.getByRole("button", { name: words.errand.toTill }).click();
  const hers = page.getByTestId("customer-lists");
  await hers.getByText(words.errand.notFound).waitFor();
  await hers.getByRole("button", { name: words.customer.list.wish }).waitFor();
  await isGood(page, "till-lists-phone-dark");
  await hers.getByRole("button", { name: words.customer.sellAll }).click();
  await expect.poll(() => page.getByTestId("ticket-line").count()).toBe(2);
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByRole("button", { name: words.till.cardDone }).click();
  await page.getByTestId("receipt").waitFor();
  const { body: left } = await stand.server.call<{ items: { variant_id: string }[] }>(
    "GET",
    `${lists}/${listId}`,
    undefined,
    device,
  );
  expect(left.items.map((item) => item.variant_id)).toEqual([third]);
  const [sale] = await stand.soldHere();
  expect(sale?.lines.map((sold) => [sold.variant_id, sold.quantity]).sort()).toEqual(
    [
      [first, 2],
      [second, 1],
    ].sort(),
  );

  // Sold, it is done: nobody has to say so.
  expect(await stateOf()).toBe("done");
  await page.getByRole("link", { name: words.nav.queue }).click();
  await page.getByText(words.errand.none).waitFor();
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("LIST-22 what she does not buy now goes into her bag, with a note; what she does, she pays by two means", async () => {
  const anonymousId = newId(stand.server.clock);
  const device = { authorization: `Bearer ${stand.server.writeKey}`, "x-kilim-anonymous-id": anonymousId };
  await stand.server.call("POST", "/v1/identify", { anonymousId, traits: { email: "sevgi@dokuma.example" } }, device);
  await stand.server.settle();
  const context = await stand.standAt(PHONE);
  const page = await stand.open(context, "/store/till");
  const find = page.locator('input[name="customer"]');
  await find.fill("sevgi@dokuma.example");
  await find.press("Enter");
  // Words are understood however they are typed.
  const field = page.locator('input[name="product"]');
  await field.fill("ilgim sneeker");
  await page
    .getByRole("button", { name: /Ilgın sneaker/ })
    .first()
    .click();
  await page.getByRole("button", { name: words.customer.intoBag }).first().click();
  await isGood(page, "sheet-bag-phone-dark");
  await page.getByRole("dialog").getByRole("button", { name: words.till.close }).click();
  const bag = page.getByTestId("customer-cart");
  const line = bag.getByTestId("bag-line");
  await line.getByText("Put in by Test Staff").waitFor();
  await line.getByRole("button", { name: "Note for Ilgın sneaker" }).click();
  await line.getByRole("textbox").fill("Her size in April");
  await line.getByRole("textbox").press("Enter");
  await line.getByText("Her size in April").waitFor();
  await isGood(page, "till-bag-phone-dark");
  const turkish = await stand.standAt(TABLET, "tr");
  const beside = await stand.open(turkish, "/store/till");
  await beside.locator('input[name="customer"]').fill("sevgi@dokuma.example");
  await beside.locator('input[name="customer"]').press("Enter");
  await beside.getByTestId("bag-line").waitFor();
  await isGood(beside, "till-bag-tr");
  await turkish.close();

  await field.fill(stand.sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByText(words.till.gift_card, { exact: true }).click();
  await page.getByLabel(words.till.amount).fill("25");
  await page.getByRole("button", { name: "Take €25.00, then the rest" }).click();
  await page.getByText(words.till.cash, { exact: true }).click();
  await page.getByLabel(words.till.received).fill("70");
  await page.getByText("Change: €6.00").waitFor();
  await isGood(page, "payment-split-phone-dark");
  await page.getByRole("button", { name: words.till.cashDone }).click();
  await page.getByTestId("receipt").waitFor();
  await isGood(page, "receipt-split-phone-dark");
  const [sale] = await stand.soldHere();
  const { body: pay } = await stand.server.call<{ payment: { method: string; tenders: object[] } }>(
    "GET",
    `/v1/orders/${sale?.id}`,
  );
  expect(pay.payment.method).toBe("split");
  expect(pay.payment.tenders).toHaveLength(2);
  expect(pay.payment.tenders).toEqual(
    expect.arrayContaining([
      { method: "gift_card", amount: { amount: 2_500, currency: "EUR" } },
      { method: "cash", amount: { amount: 6_400, currency: "EUR" } },
    ]),
  );
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("LIST-9 an associate begins a list for her, and puts on it what is scanned and what is shown; without a network she is told", async () => {
  const anonymousId = newId(stand.server.clock);
  const device = { authorization: `Bearer ${stand.server.writeKey}`, "x-kilim-anonymous-id": anonymousId };
  await stand.server.call("POST", "/v1/identify", { anonymousId, traits: { email: "nil@dokuma.example" } }, device);
  await stand.server.settle();
  const context = await stand.standAt(PHONE);
  const page = await stand.open(context, "/store/till");
  await page.locator('input[name="customer"]').fill("nil@dokuma.example");
  await page.locator('input[name="customer"]').press("Enter");
  const lists = page.getByTestId("customer-lists");
  await lists.getByRole("button", { name: words.customer.newList }).click();
  const sheet = page.getByRole("dialog", { name: words.customer.newList });
  await sheet.getByLabel(words.customer.listName).fill("Daughter's wedding");
  await sheet.getByText(words.customer.list.shopping, { exact: true }).click();
  await isGood(page, "till-new-list-phone-dark");
  await sheet.getByRole("button", { name: words.customer.beginList }).click();
  await lists.getByText("Daughter's wedding (0)").waitFor();

  // What is scanned: the whole sale waits on the list, and the till is free.
  const field = page.locator('input[name="product"]');
  await field.fill(stand.sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await isGood(page, "till-onto-list-phone-dark");
  await page.getByTestId("ticket").getByRole("button", { name: words.customer.ontoList }).click();
  const choose = page.getByTestId("choose-list");
  await choose.getByRole("button", { name: "Daughter's wedding" }).waitFor();
  await isGood(page, "till-choose-list-phone-dark");
  // The answer is lost: what was put there is not put there twice.
  let lost = 0;
  await context.route("**/operations", async (route) => {
    if (lost > 0) return route.continue();
    lost++;
    await route.fetch();
    await route.fulfill({ status: 500, json: { code: "internal", detail: "lost" } });
  });
  await choose.getByRole("button", { name: "Daughter's wedding" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await choose.getByRole("button", { name: "Daughter's wedding" }).click();
  await page.getByTestId("ticket-line").waitFor({ state: "detached" });
  await lists.getByRole("button", { name: "Daughter's wedding (1)" }).click();
  await lists.getByText("Put in by Test Staff").waitFor();
  await lists.getByText("× 1").waitFor();

  // What is shown: onto a list that begins with it.
  await field.fill("ilgim sneeker");
  await page
    .getByRole("button", { name: /^Ilgın sneaker/ })
    .first()
    .click();
  await page.getByTestId("variant").first().getByRole("button", { name: words.customer.ontoList }).click();
  await page.getByRole("dialog").getByLabel(words.customer.listName).fill("Later");
  await page.getByRole("button", { name: words.customer.beginList }).click();
  await page.getByRole("dialog", { name: words.customer.ontoList }).waitFor({ state: "detached" });
  await isGood(page, "till-sheet-list-phone-dark");
  const { body: profile } = await stand.server.call<{ id: string }>("POST", "/v1/profiles/lookup", {
    type: "email",
    value: "nil@dokuma.example",
  });
  const { body: hers } = await stand.server.call<{ items: object[] }>(
    "GET",
    `/v1/profiles/${profile.id}/shopping-lists`,
  );
  expect(hers.items).toMatchObject([
    { name: "Later", kind: "wish", origin: "associate", store_id: IZMIR, count: 1 },
    { name: "Daughter's wedding", kind: "shopping", origin: "associate", store_id: IZMIR, count: 1 },
  ]);

  await context.setOffline(true);
  await page.getByTestId("variant").first().getByRole("button", { name: words.customer.ontoList }).click();
  await page.getByText(words.offline.noLists).waitFor();
  expect(await page.getByRole("button", { name: words.customer.beginList }).count()).toBe(0);
  await isGood(page, "till-list-offline-phone-dark");
  await page.close();

  await context.setOffline(false);
  await context.addInitScript('localStorage.setItem("kilim-store:language", "tr")');
  const beside = await stand.open(context, "/store/till");
  await beside.locator('input[name="customer"]').fill("nil@dokuma.example");
  await beside.locator('input[name="customer"]').press("Enter");
  await beside.getByTestId("customer-lists").getByRole("button", { name: "Yeni liste" }).click();
  await beside.getByLabel("Listenin adı").waitFor();
  await isGood(beside, "till-new-list-tr");
  await context.close();
  expect(stand.troubles).toEqual([]);
});
