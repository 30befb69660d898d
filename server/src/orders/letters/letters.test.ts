import { Resvg } from "@resvg/resvg-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { inTransaction, rows, sql } from "../../platform/db.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import { collectionCode, receiptCode } from "../collection-code.ts";
import { collectFulfilment } from "../hand-over-fulfilment.ts";
import type { OrdersDeps } from "../index.ts";
import { nameCollector } from "../name-collector.ts";
import { personalData } from "../personal-data.ts";
import { acceptFulfilment, readyFulfilment } from "../prepare-fulfilment.ts";
import { saveCollector } from "../queries/fulfilments.pg.ts";
import { sellAtTill } from "../sell-at-till.ts";
import { readFulfilments } from "../show-fulfilments.ts";
import { readOrder } from "../show-orders.ts";
import { IZMIR, live, order, ordersDeps, setPolicy, variantsWith } from "../testing.ts";
import { drawReceipt } from "./draw-page.ts";
import { printReceipt } from "./print-receipt.ts";
import { readReceipt } from "./read-receipt.ts";
import { sendLetters } from "./send-letters.ts";
import type { Mail } from "./write-letter.ts";

let world: World;
let deps: OrdersDeps;
let mails: Mail[];
let isMailAway = false;
beforeAll(async () => {
  world = await createWorld();
  await sql`update catalog.store set hours = '{}'`.execute(world.db);
});
afterAll(() => world.close());
beforeEach(async () => {
  mails = [];
  isMailAway = false;
  await sql`delete from orders.letter`.execute(world.db);
  await setPolicy(world, {});
  deps = {
    ...ordersDeps(world),
    async sendMail(_tx, mail) {
      if (isMailAway) throw new Error("the mails' room is away");
      mails.push(mail);
    },
  };
});

const errors: unknown[] = [];
const write = () => sendLetters(deps, (error) => void errors.push(error));
const one = async (stock = 5) => (await variantsWith(world, [{ [IZMIR]: stock }]))[0] ?? "";
const sell = async (given: object) =>
  sellAtTill(deps, {
    sale: {
      channel: "store",
      store_id: IZMIR,
      lines: [{ variant_id: await one(), quantity: 2 }],
      payment: [
        { method: "cash", amount: 10_000 },
        { method: "card", amount: 6_800 },
      ],
      discount: 1_000,
      tax: 2_800,
      till: "2",
      business_day: "2026-03-01",
      ...given,
    },
    actor: "ada",
    source: "till",
    idempotencyKey: null,
  });

test("ORD-21 whoever tells an address at the till gets the receipt, once, in her language", async () => {
  const { order: sold } = await sell({ email: "elif@dokuma.example", language: "tr" });
  await Promise.all([write(), write(), write()]);
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail).toMatchObject({
    to: "elif@dokuma.example",
    subject: `Dokuma: Fiş ${sold.number}`,
    listed: { profileId: null },
  });
  const link = `https://kilim.example/r/${receiptCode(world.secrets, sold.id)}`;
  for (const part of [
    "Ilgın sneaker",
    "kasa 2",
    "2026-03-01",
    "Nakit",
    "Kart",
    "İndirim",
    `${link}/qr.png`,
    `${link}/receipt.pdf`,
  ]) {
    expect(mail?.html).toContain(part);
  }
  expect(mail?.text).toContain(link);
  expect(mail?.html).not.toContain("elif@");
});

test("ORD-21 a sale without an address writes to nobody; asked for later it is written then", async () => {
  await sell({});
  await write();
  expect(mails).toEqual([]);
});

test("ORD-21 a letter that cannot be written holds no other back and is written later", async () => {
  await sell({ email: "elif@dokuma.example" });
  isMailAway = true;
  await write();
  expect(errors).toHaveLength(1);
  isMailAway = false;
  await sell({ email: "bo@dokuma.example" });
  await write();
  expect(mails.map((mail) => mail.to)).toEqual(["bo@dokuma.example"]);
  world.clock.advance({ minutes: 1 });
  await write();
  expect(mails.map((mail) => mail.to)).toEqual(["bo@dokuma.example", "elif@dokuma.example"]);
});

test("ORD-11 the code goes to the buyer and to who else may fetch it, and to nobody once it is fetched", async () => {
  const shoe = await one();
  await sql`update catalog.store set services = '{pickup,locker}' where id = ${IZMIR}`.execute(world.db);
  const body = { email: "elif@dokuma.example", deliveries: [{ kind: "locker" as const, store_id: IZMIR }] };
  const placed = await order(world, deps, { [shoe]: 1 }, body);
  const { id } = live(placed);
  await saveCollector(world.db, id, { name: "Deniz", email: "deniz@dokuma.example" });
  await acceptFulfilment(deps, id, "ada");
  await write();
  mails = [];
  await readyFulfilment(deps, id, "B12", "ada");
  await write();
  expect(mails.map((mail) => mail.to).sort()).toEqual(["deniz@dokuma.example", "elif@dokuma.example"]);
  for (const mail of mails) {
    expect(mail.text).toContain(collectionCode(world.secrets, id));
    expect(mail.text).toContain("B12");
    expect(mail.subject).not.toContain(collectionCode(world.secrets, id));
  }
  await readyAgain(placed.id, id);
  await collectFulfilment(deps, { id, by: "code", actor: "ada" });
  mails = [];
  await write();
  expect(mails).toEqual([]);
});

test("ORD-11 who is named when it lies ready already gets the code at once, the buyer not again", async () => {
  const body = { email: "elif@dokuma.example", deliveries: [{ kind: "pickup" as const, store_id: IZMIR }] };
  const { id } = live(await order(world, deps, { [await one()]: 1 }, body));
  await acceptFulfilment(deps, id, "ada");
  await nameCollector(deps, id, { name: "Derya", email: "derya@dokuma.example" });
  await write();
  mails = [];
  await readyFulfilment(deps, id, "B12", "ada");
  await write();
  expect(mails.map((mail) => mail.to).sort()).toEqual(["derya@dokuma.example", "elif@dokuma.example"]);
  // Where it lies behind the counter is the staff's business.
  for (const mail of mails) expect(mail.text + mail.html).not.toContain("B12");
  mails = [];
  await nameCollector(deps, id, { name: "Deniz", email: "deniz@dokuma.example" });
  await write();
  expect(mails.map((mail) => mail.to)).toEqual(["deniz@dokuma.example"]);
  expect(mails[0]?.text).toContain(collectionCode(world.secrets, id));
  mails = [];
  await nameCollector(deps, id, { name: "Ece" });
  await write();
  expect(mails).toEqual([]);
  await collectFulfilment(deps, { id, by: "code", actor: "ada" });
  await expect(nameCollector(deps, id, { name: "Late" })).rejects.toMatchObject({ code: "not_now" });
});

/** A reminder that was written down just before the goods were fetched. */
async function readyAgain(orderId: string, fulfilmentId: string): Promise<void> {
  await sql`
    insert into orders.letter (id, order_id, fulfilment_id, kind, email, language, due_at)
    values (gen_random_uuid(), ${orderId}, ${fulfilmentId}, 'reminder', 'elif@dokuma.example', 'en',
      ${world.clock.now().toString()})`.execute(world.db);
}

test("ORD-21 a receipt is a page and a PDF with the same words, and names nobody", async () => {
  const { order: sold } = await sell({ email: "elif@dokuma.example" });
  const receipt = await readReceipt(deps, sold.id, "tr");
  const pdf = await printReceipt(receipt, null);
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.length).toBeGreaterThan(5_000);
  const page = drawReceipt({ ...receipt, house: { ...receipt.house, name: "<script>alert(1)</script>" } });
  expect(page).toContain("&#60;script&#62;");
  expect(page).not.toContain("<script");
  const house = {
    ...receipt.house,
    colors: { ...receipt.house.colors, primary: "#123456" },
    footer_lines: ["Loom Ltd"],
  };
  expect(drawReceipt({ ...receipt, house })).toMatch(/#123456[\s\S]*Loom Ltd/);
  const logo = new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').render().asPng();
  expect((await printReceipt(receipt, logo)).toString("latin1")).toContain("/Subtype /Image");
  expect((await printReceipt(receipt, Buffer.from("no picture"))).toString("latin1")).not.toContain("/Subtype /Image");
  expect(page).not.toContain("elif");
});

test("ORD-21 orders, store queues and receipts name things in each reader's language, as they were called when they were sold", async () => {
  const shoe = await one();
  const rename = (titles: object) =>
    sql`update catalog.product set titles = ${JSON.stringify(titles)}::jsonb
        where id = (select product_id from catalog.variant where id = ${shoe})`.execute(world.db);
  await rename({ tr: "Ilgın spor ayakkabı" });
  const { order: sold } = await sell({ lines: [{ variant_id: shoe, quantity: 2 }] });
  const pickup = { deliveries: [{ kind: "pickup" as const, store_id: IZMIR }], email: "elif@dokuma.example" };
  const placed = await order(world, deps, { [shoe]: 1 }, pickup);
  await rename({ tr: "Bir başkası" });
  expect((await readOrder(deps, sold.id)).lines[0]?.titles).toEqual({ tr: "Ilgın spor ayakkabı" });
  const queue = await readFulfilments(deps, { store: IZMIR, limit: 50 });
  expect(queue.items.find((one) => one.order_id === placed.id)?.lines[0]?.titles.tr).toBe("Ilgın spor ayakkabı");
  expect((await readReceipt(deps, sold.id, "tr")).lines[0]?.title).toBe("Ilgın spor ayakkabı");
  expect((await readReceipt(deps, sold.id, "en")).lines[0]?.title).toBe("Ilgın sneaker");
  expect((await readReceipt(deps, sold.id, "id")).lines[0]?.title).toBe("Ilgın sneaker");

  // Of before there were other names.
  await sql`update orders.line set titles = null where order_id = ${sold.id}`.execute(world.db);
  expect((await readReceipt(deps, sold.id, "tr")).lines[0]?.title).toBe("Ilgın sneaker");
});

test("PRIV a letter that waits for an erased person is never written", async () => {
  await sell({ email: "gone@dokuma.example" });
  const person = { profileIds: [], identifiers: [{ type: "email", value: "gone@dokuma.example" }] };
  await inTransaction(world.db, (tx) => personalData.erase(tx, person as never));
  expect(await rows(world.db, sql`select id from orders.letter`)).toEqual([]);
});
