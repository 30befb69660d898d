import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePhoto, withExif } from "../catalog/testing/make-photo.ts";

import { IZMIR, stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { newId } from "../platform/ids.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ChangedList, Errand, FilledCart, NewShare, SharedList, ShoppingList, TakeAlong } from "./contracts.ts";
import { adding } from "./testing.ts";

/** Links, mails, errands and who may do what, over the public API as shop, kiosk and store use it. */
const ADDRESS = { name: "Elif", line1: "Kordon 1", city: "Izmir", country: "TR" };
const CHECKOUT = { channel: "web", payment: "test", address: ADDRESS };
let server: TestServer;
let shoe = "";
let other = "";

beforeAll(async () => {
  server = await createServer();
  const { variantIds } = await stockedProduct(server, [{ [IZMIR]: 4 }, { [WAREHOUSE]: 9 }]);
  [shoe = "", other = ""] = variantIds;
});
afterAll(() => server.close());

type Headers = Record<string, string>;
const device = (anonymousId: string, more: Headers = {}): Headers => ({
  authorization: `Bearer ${server.writeKey}`,
  "x-kilim-anonymous-id": anonymousId,
  ...more,
});
const with_ = (who: Headers, share: string): Headers => ({ ...who, "x-kilim-list-share": share });
const PATH = "/v1/shopping-lists";
const make = async (who: Headers, body: object = { kind: "shopping" }) =>
  (await server.call<ShoppingList>("POST", PATH, body, who)).body;
const add = (who: Headers, id: string, variant = shoe, quantity = 1) =>
  server.call<ChangedList & { code: string }>(
    "POST",
    `${PATH}/${id}/operations`,
    { operations: [adding(variant, quantity)] },
    who,
  );
const tokenOf = (url: string | null | undefined) => url?.split("#")[1] ?? "";

async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  await server.settle();
  const { body } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox?limit=100");
  const mine = body.items.filter((mail) => mail.to === address);
  return Promise.all(
    mine.map(async ({ id }) => (await server.call<{ subject: string; text: string }>("GET", `/v1/mailbox/${id}`)).body),
  );
}

async function signIn(email: string, anonymousId: string): Promise<Headers> {
  await server.call("POST", "/v1/shopper/sign-in", { email }, device(anonymousId));
  const code = (await mailsTo(email)).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).find(Boolean);
  const proof = { email, code, anonymous_id: anonymousId };
  const { body } = await server.call<{ token: string }>("POST", "/v1/shopper/verify", proof, device(anonymousId));
  return device(anonymousId, { "x-kilim-shopper": body.token });
}

const timelineOf = async (ref: string) => {
  await server.settle();
  const { body } = await server.call<{ items: { event: string; properties: Record<string, unknown> }[] }>(
    "GET",
    `/v1/profiles/${ref}/events`,
  );
  return body.items;
};

test("LIST-16 a link reads or edits, until it is taken back or has run out; its token is never in the address", async () => {
  const owner = device(newId(server.clock));
  const friend = device(newId(server.clock));
  const list = await make(owner);
  await add(owner, list.id);
  const share = async (right: string, days = 30) =>
    (await server.call<NewShare>("POST", `${PATH}/${list.id}/shares`, { right, days }, owner)).body;
  const [reading, editing, short] = [await share("read"), await share("edit"), await share("read", 1)];
  expect(reading.url).toMatch(/\/shop\/lists\/shared#ls_/);
  const reader = with_(friend, tokenOf(reading.url));
  const editor = with_(friend, tokenOf(editing.url));
  expect((await server.call<SharedList>("GET", `${PATH}/shared`, undefined, reader)).body).toMatchObject({
    id: list.id,
    right: "read",
    can_claim: false,
    items: [{ variant_id: shoe }],
  });
  expect(await add(reader, list.id)).toMatchObject({ status: 403, body: { code: "list_read_only" } });
  const body = { operations: [adding(other, 2)], author_name: "Ali" };
  await server.call("POST", `${PATH}/${list.id}/operations`, body, editor);
  const seen = await server.call<ShoppingList>("GET", `${PATH}/${list.id}`, undefined, owner);
  const theirs = seen.body.items.find(({ variant_id }) => variant_id === other);
  expect(theirs).toMatchObject({ author: { kind: "guest", name: "Ali" } });
  // What belongs to the owner alone stays hers.
  for (const [method, path] of [
    ["DELETE", `${PATH}/${list.id}`],
    ["GET", `${PATH}/${list.id}/shares`],
    ["DELETE", `${PATH}/${list.id}/shares/${reading.id}`],
  ] as const)
    expect((await server.call(method, path, undefined, editor)).status, path).toBe(404);
  for (const forged of ["", "ls_x", `${tokenOf(reading.url)}x`, tokenOf(reading.url).replace(reading.id, short.id)])
    expect((await server.call("GET", `${PATH}/shared`, undefined, with_(friend, forged))).status).toBe(410);

  await server.call("DELETE", `${PATH}/${list.id}/shares/${editing.id}`, undefined, owner);
  expect(await add(editor, list.id)).toMatchObject({ status: 404 });
  const shortly = with_(friend, tokenOf(short.url));
  expect((await server.call("GET", `${PATH}/shared`, undefined, shortly)).status).toBe(200);
  server.clock.advance({ hours: 25 });
  expect(await server.call("GET", `${PATH}/shared`, undefined, shortly)).toMatchObject({
    status: 410,
    body: { code: "share_over" },
  });
  const { body: left } = await server.call<{ items: unknown[] }>("GET", `${PATH}/${list.id}/shares`, undefined, owner);
  expect(left.items).toHaveLength(1);
});

test("LIST-16 a link goes on opening the list that its own was laid into at a sign-in", async () => {
  const [phone, laptop] = [newId(server.clock), newId(server.clock)];
  const her = await signIn("fatma@example.com", laptop);
  const main = await make(her);
  const guest = await make(device(phone));
  await add(device(phone), guest.id, shoe);
  const { body: made } = await server.call<NewShare>(
    "POST",
    `${PATH}/${guest.id}/shares`,
    { right: "edit" },
    device(phone),
  );
  server.clock.advance({ seconds: 31 });
  await signIn("fatma@example.com", phone);
  const friend = with_(device(newId(server.clock)), tokenOf(made.url));
  expect((await server.call("GET", `${PATH}/${guest.id}`, undefined, friend)).status).toBe(404);
  const { body: opened } = await server.call<SharedList>("GET", `${PATH}/shared`, undefined, friend);
  expect(opened).toMatchObject({ id: main.id, right: "edit", items: [{ variant_id: shoe }] });
});

test("LIST-16 mailed, the link goes to that address alone, in its language, without a word of the sender's", async () => {
  const owner = device(newId(server.clock));
  const list = await make(owner, { kind: "wish", name: "BUY PILLS at https://bad.example" });
  await add(owner, list.id);
  const body = { right: "edit", email: "Friend@Example.com", language: "tr" };
  const made = await server.call<NewShare>("POST", `${PATH}/${list.id}/shares`, body, owner);
  expect(made.body).toMatchObject({ is_mailed: true, url: null });
  const [mail] = await mailsTo("friend@example.com");
  expect(mail?.subject).toBe("Sizinle bir liste paylaşıldı");
  expect(mail?.text).toContain("Ilgın sneaker");
  expect(mail?.text).not.toContain("PILLS");
  const friend = with_(device(newId(server.clock)), tokenOf(/\S+#ls_\S+/.exec(mail?.text ?? "")?.[0]));
  expect((await server.call<SharedList>("GET", `${PATH}/shared`, undefined, friend)).body.right).toBe("edit");
  const statuses = [];
  for (let i = 0; i < 5; i++) {
    const again = { ...body, email: "friend@example.com" };
    statuses.push((await server.call("POST", `${PATH}/${list.id}/shares`, again, owner)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
});

test("LIST-17 a kiosk's list is mailed, opened, confirmed and kept; the address opens nothing before", async () => {
  const kiosk = newId(server.clock);
  const standing = device(kiosk);
  const list = await make(standing, { kind: "shopping", origin: "kiosk", store_id: IZMIR });
  expect(
    (await server.call("POST", `${PATH}/${list.id}/mail-to-me`, { email: "deniz@example.com" }, standing)).status,
  ).toBe(422);
  await add(standing, list.id, shoe, 2);
  const wording = "News by e-mail, about once a week";
  const body = { email: "deniz@example.com", language: "en", consent_wording: wording };
  expect((await server.call("POST", `${PATH}/${list.id}/mail-to-me`, body, standing)).body).toEqual({ sent: true });
  const [mail] = await mailsTo("deniz@example.com");
  expect(mail?.text).toContain("2 × Ilgın sneaker (Red, 36)");
  const profile = () =>
    server.call<{ id: string; consent: Record<string, unknown> }>("GET", "/v1/profiles/email:deniz@example.com");
  // Known for analysis, and the store's staff finds her list; nothing was agreed to yet.
  expect((await profile()).body.consent).toEqual({});
  const seen = await server.call<{ items: ShoppingList[] }>(
    "GET",
    "/v1/profiles/email:deniz@example.com/shopping-lists",
  );
  expect(seen.body.items).toMatchObject([{ id: list.id, origin: "kiosk", store_id: IZMIR, count: 1 }]);

  const phone = newId(server.clock);
  const token = tokenOf(/\S+#ls_\S+/.exec(mail?.text ?? "")?.[0]);
  const reader = with_(device(phone), token);
  expect((await server.call<SharedList>("GET", `${PATH}/shared`, undefined, reader)).body).toMatchObject({
    right: "read",
    can_claim: true,
    consent_wording: wording,
  });
  expect((await profile()).body.consent).toEqual({});
  await server.call("POST", `${PATH}/shared/confirm-news`, undefined, reader);
  await server.call("POST", `${PATH}/shared/confirm-news`, undefined, reader);
  expect((await timelineOf("email:deniz@example.com")).filter(({ event }) => event === "Consent Changed")).toHaveLength(
    1,
  );
  expect((await profile()).body.consent).toMatchObject({ email: { marketing: { state: "granted", source: "kiosk" } } });

  expect((await server.call("POST", `${PATH}/shared/claim`, undefined, reader)).status).toBe(403);
  const her = await signIn("deniz@example.com", phone);
  const claimed = await server.call<ShoppingList>("POST", `${PATH}/shared/claim`, undefined, with_(her, token));
  expect(claimed.body).toMatchObject({
    id: list.id,
    right: "own",
    name: expect.stringMatching(/^Alsancak, 2026-03-0[23]$/),
  });
  expect((await server.call<{ items: ShoppingList[] }>("GET", PATH, undefined, her)).body.items).toMatchObject([
    { id: list.id },
  ]);
  // Once: neither the kiosk nor the link opens it any more.
  expect((await server.call("GET", `${PATH}/${list.id}`, undefined, standing)).status).toBe(404);
  expect((await server.call("GET", `${PATH}/shared`, undefined, reader)).status).toBe(410);
  await server.settle();
  const { body: of } = await server.call<{ id: string }>("GET", `/v1/profiles/anonymous_id:${kiosk}`);
  expect(of.id).toBe((await profile()).body.id);
});

test("LIST-18 sent to the staff, a list is one errand of that store with shelf places; of two who take it one has it", async () => {
  const kiosk = device(newId(server.clock));
  const list = await make(kiosk, { kind: "shopping", origin: "kiosk", store_id: IZMIR });
  await add(kiosk, list.id, other);
  const { body: changed } = await add(kiosk, list.id, shoe, 2);
  const place = { store_id: IZMIR, items: [{ variant_id: shoe, place: "B-14" }] };
  expect((await server.call("PUT", "/v1/stock/shelf-places", place)).status).toBe(200);
  const ask = { store_id: IZMIR, called: "Deniz" };
  const first = await server.call<{ id: string; state: string }>("POST", `${PATH}/${list.id}/errands`, ask, kiosk);
  const again = await server.call<{ id: string }>("POST", `${PATH}/${list.id}/errands`, ask, kiosk);
  expect(again.body.id).toBe(first.body.id);
  const queue = async () => (await server.call<{ items: Errand[] }>("GET", `/v1/errands?store=${IZMIR}`)).body.items;
  const [errand] = await queue();
  expect(errand).toMatchObject({
    state: "open",
    called: "Deniz",
    items: [
      { variant_id: shoe, quantity: 2, shelf_place: "B-14", available: 4, is_found: null },
      { variant_id: other, shelf_place: null, available: 0 },
    ],
  });
  const step = (name: string) => server.call<Errand & { code: string }>("POST", `/v1/errands/${errand?.id}/${name}`);
  const taken = await Promise.all([step("take"), step("take"), step("take")]);
  expect(taken.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const item = changed.items.find(({ variant_id }) => variant_id === shoe)?.id;
  const found = await server.call<Errand>("PUT", `/v1/errands/${errand?.id}/items/${item}`, { is_found: true });
  expect(found.body.items[0]).toMatchObject({ variant_id: shoe, is_found: true });
  await step("ready");
  const state = await server.call<{ errand: Errand }>("GET", `${PATH}/${list.id}/errand`, undefined, kiosk);
  expect(state.body.errand).toMatchObject({ state: "ready" });
  expect(state.body.errand).not.toHaveProperty("taken_by");
  await step("done");
  expect(await queue()).toEqual([]);
  expect(await step("cancel")).toMatchObject({ status: 409, body: { code: "errand_moved_on" } });
  // The next visit is a new errand.
  const next = await server.call<{ id: string }>("POST", `${PATH}/${list.id}/errands`, ask, kiosk);
  expect(next.body.id).not.toBe(first.body.id);
  const { body: who } = await server.call<{ id: string }>("GET", `/v1/profiles/${errand?.profile_id}`);
  expect((await timelineOf(who.id)).map(({ event }) => event)).toEqual(
    expect.arrayContaining(["List Sent to Staff", "List Ready at Till"]),
  );
});

test("LIST-18 LIST-6 an errand ends with the sale of what was brought, and with the last thing bought anywhere", async () => {
  const her = await signIn("gul@example.com", newId(server.clock));
  const list = await make(her);
  const { body: first } = await add(her, list.id, shoe);
  await add(her, list.id, other);
  const ask = async () =>
    (await server.call<{ id: string }>("POST", `${PATH}/${list.id}/errands`, { store_id: IZMIR }, her)).body.id;
  const state = async () =>
    (await server.call<{ errand: Errand }>("GET", `${PATH}/${list.id}/errand`, undefined, her)).body.errand.state;
  const sell = (variant: string, more: object = {}) => {
    const lines = [{ variant_id: variant, quantity: 1 }];
    return server.call("POST", "/v1/orders", { channel: "store", store_id: IZMIR, payment: "cash", lines, ...more });
  };
  const told: string[] = [];
  const off = server.bus.onChange((changes) => {
    for (const { topic, id, what } of changes) for (const each of what) told.push(`${topic} ${id} ${each}`);
  });
  const errand = await ask();
  // Two who look at it agree at once: the store is told of what the shopper changes.
  told.length = 0;
  const change = { op: "change", id: randomUUID(), item_id: first.items[0]?.id, note: "in black, if there is" };
  await server.call("POST", `${PATH}/${list.id}/operations`, { operations: [change] }, her);
  await expect.poll(() => told, { timeout: 20_000 }).toContain(`store ${IZMIR} errands`);
  const { body: queue } = await server.call<{ items: Errand[] }>("GET", `/v1/errands?store=${IZMIR}`);
  const brought = queue.items.find(({ id }) => id === errand)?.items;
  expect(brought).toContainEqual(expect.objectContaining({ note: "in black, if there is" }));

  await server.call("POST", `/v1/errands/${errand}/ready`);
  // Somebody else's goods are not hers, until the till says that they were brought for this list.
  await sell(shoe);
  expect(await state()).toBe("ready");
  told.length = 0;
  await sell(shoe, { list_id: list.id });
  expect(await state()).toBe("done");
  await expect
    .poll(() => told, { timeout: 20_000 })
    .toEqual(expect.arrayContaining([`store ${IZMIR} errands`, `list ${list.id} errand`]));
  off();
  const left = async () =>
    (await server.call<ShoppingList>("GET", `${PATH}/${list.id}`, undefined, her)).body.items.map((i) => i.variant_id);
  expect(await left()).toEqual([other]);

  // Bought on the web, the last thing leaves: nobody need fetch it.
  await ask();
  await server.call("POST", "/v1/cart/items", { variant_id: other }, her);
  expect((await server.call("POST", "/v1/orders", CHECKOUT, her)).status).toBe(201);
  expect(await left()).toEqual([]);
  expect(await state()).toBe("done");
});

test("LIST-24 what was put together at a kiosk goes into the bag on her phone by its code, or onto the till, and doubles nowhere", async () => {
  const kiosk = device(newId(server.clock));
  const list = await make(kiosk, { kind: "shopping", origin: "kiosk", store_id: IZMIR });
  const along = (who: Record<string, string>) =>
    server.call<TakeAlong & { code: string }>("POST", `${PATH}/${list.id}/take-along`, undefined, who);
  expect((await along(kiosk)).body.code).toBe("list_empty");
  await add(kiosk, list.id, shoe, 2);
  await add(kiosk, list.id, other);
  expect((await along(device(newId(server.clock)))).status).toBe(404);
  const { body: link } = await along(kiosk);
  expect(link.qr).toMatch(/^data:image\/png;base64,/);
  const share = new URL(link.url).hash.slice(1);

  const phone = { ...device(newId(server.clock)), "x-kilim-list-share": share };
  const { body: seen } = await server.call<SharedList>("GET", `${PATH}/shared`, undefined, phone);
  expect(seen).toMatchObject({ id: list.id, can_claim: true, right: "read" });
  await server.call("POST", "/v1/cart/items", { variant_id: shoe, quantity: 1 }, phone);
  const fill = (who: Record<string, string>) =>
    server.call<FilledCart>("POST", "/v1/cart/from-list", { list_id: list.id }, who);
  const [first] = await Promise.all([fill(phone), fill(phone), fill(phone)]);
  expect(first.status).toBe(200);
  const { body: cart } = await fill(phone);
  const inCart = (variant: string) => cart.items.find((item) => item.variant_id === variant);
  expect(inCart(shoe)).toMatchObject({ quantity: 2, author: { kind: "shopper" } });
  expect(inCart(other)).toMatchObject({ quantity: 1, author: { kind: "kiosk" } });
  expect(cart.left_out).toEqual([]);
  // Without the code nobody gets at it, and what is not sold where the phone buys is said.
  expect((await fill(device(newId(server.clock)))).status).toBe(404);
  const yen = { ...phone, ...device(newId(server.clock)) };
  await server.call("PUT", "/v1/cart", { currency: "JPY" }, yen);
  expect((await fill(yen)).body).toMatchObject({
    items: [],
    left_out: [{ reason: "not_in_currency" }, { reason: "not_in_currency" }],
  });

  const lookup = (code: string, who?: Record<string, string>) =>
    server.call<{ list_id: string; profile_id: string }>("POST", `${PATH}/lookup`, { code }, who);
  const { body: shown } = await lookup(link.url);
  expect(shown.list_id).toBe(list.id);
  expect((await lookup(share)).body).toEqual(shown);
  expect((await lookup(`${share}x`)).status).toBe(410);
  expect((await lookup(share, phone)).status).toBe(403);
  const her = await signIn("kiosk@example.com", newId(server.clock));
  const claimed = await server.call<ShoppingList>("POST", `${PATH}/shared/claim`, undefined, {
    ...her,
    "x-kilim-list-share": share,
  });
  expect(claimed.body).toMatchObject({ id: list.id, right: "own", count: 2 });
  expect((await lookup(share)).status).toBe(410);
});

test("LIST-6 a sale that is told again and again takes off the list once; a return puts nothing back", async () => {
  const her = await signIn("asli@example.com", newId(server.clock));
  const list = await make(her);
  await add(her, list.id, shoe, 3);
  const left = async () =>
    (await server.call<ShoppingList>("GET", `${PATH}/${list.id}`, undefined, her)).body.items.map((i) => i.quantity);
  const lines = [{ variant_id: shoe, quantity: 1 }];
  const sale = { channel: "store", store_id: IZMIR, payment: "cash", list_id: list.id, lines };
  const tell = () => server.call<{ id: string }>("POST", "/v1/orders", { ...sale, order_id: "till-7/42" });
  await Promise.all([tell(), tell(), tell()]);
  const { body: order } = await tell();
  expect(await left()).toEqual([2]);
  const back = { channel: "store", store_id: IZMIR, lines: [{ position: 0, quantity: 1 }] };
  expect((await server.call("POST", `/v1/orders/${order.id}/returns`, back)).status).toBe(201);
  expect(await left()).toEqual([2]);
});

test("LIST-19 what is left unpaid on her lists is a value of its own, and a condition of segments", async () => {
  const her = await signIn("naz@example.com", newId(server.clock));
  const list = await make(her, { kind: "wish" });
  const named = await make(her, { kind: "shopping", name: "Weekend" });
  await add(her, list.id, shoe);
  await add(her, named.id, other, 2);
  const computed = async () => {
    await server.settle();
    const { body } = await server.call<{ computed: { lists: object } }>("GET", "/v1/profiles/email:naz@example.com");
    return body.computed.lists;
  };
  expect(await computed()).toMatchObject({ items: 3, value: 26_700 });
  const definition = { computed: "lists.value", op: "gte", value: 20_000 };
  const { body: made } = await server.call<{ id: string }>("POST", "/v1/segments", {
    name: "Much on the lists",
    definition,
  });
  const members = async () => {
    await server.settle();
    const path = `/v1/segments/${made.id}/members`;
    const { body } = await server.call<{ items: { profile_id: string }[] }>("GET", path);
    return body.items.map(({ profile_id }) => profile_id);
  };
  const { body: naz } = await server.call<{ id: string }>("GET", "/v1/profiles/email:naz@example.com");
  expect(await members()).toContain(naz.id);
  await server.call("POST", "/v1/cart/items", { variant_id: shoe }, her);
  await server.call("POST", "/v1/orders", CHECKOUT, her);
  expect(await computed()).toMatchObject({ items: 2, value: 17_800 });
  expect(await members()).not.toContain(naz.id);
  server.clock.advance({ seconds: 1 });
  await server.call("DELETE", `${PATH}/${named.id}`, undefined, her);
  expect(await computed()).toMatchObject({ items: 0, value: 0 });
});

test("LIST-15 a photo is kept clean with its list, shown to whoever may see that, refused when it is none", async () => {
  const owner = device(newId(server.clock));
  const list = await make(owner);
  const upload = async (bytes: Buffer, who: Headers = owner) => {
    const headers = { ...who, "content-type": "image/jpeg" };
    const answer = await fetch(`${server.url}${PATH}/${list.id}/photos`, {
      method: "POST",
      headers,
      body: new Uint8Array(bytes),
    });
    return { status: answer.status, body: (await answer.json()) as { photo_id: string; code: string } };
  };
  const dirty = Buffer.concat([withExif(await makePhoto(60, 40), 6), Buffer.from("GPS 38.42 behind it")]);
  expect(dirty.includes("SecretPhone")).toBe(true);
  const photo = await upload(dirty);
  expect(photo.status).toBe(200);
  const words = { photo_id: photo.body.photo_id };
  const body = { operations: [adding(shoe, 1, words)] };
  const changed = await server.call<ChangedList>("POST", `${PATH}/${list.id}/operations`, body, owner);
  expect(changed.body.items[0]).toMatchObject(words);
  const shown = await fetch(`${server.url}${PATH}/${list.id}/photos/${photo.body.photo_id}`, { headers: owner });
  expect(shown.headers.get("content-type")).toBe("image/jpeg");
  expect(shown.headers.get("cache-control")).toBe("no-store");
  expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
  const bytes = Buffer.from(await shown.arrayBuffer());
  for (const told of ["Exif", "SecretPhone", "GPS"]) expect(bytes.includes(told)).toBe(false);
  const stranger = device(newId(server.clock));
  const path = `${PATH}/${list.id}/photos/${photo.body.photo_id}`;
  expect((await server.call("GET", path, undefined, stranger)).status).toBe(404);
  expect((await upload(Buffer.from("x"), stranger)).body.code).toBe("not_a_photo");
  expect(await upload(Buffer.from("<svg onload='alert(1)'/>"))).toMatchObject({
    status: 422,
    body: { code: "not_a_photo" },
  });
  expect((await upload(Buffer.alloc(50 * 1024 * 1024))).status).toBe(413);
});

test("LIST-13 bad input is refused by its path; a bad operation does not stop the others", async () => {
  const owner = device(newId(server.clock));
  const list = await make(owner);
  const send = (operations: unknown[]) =>
    server.call<ChangedList & { errors: { path: string }[] }>(
      "POST",
      `${PATH}/${list.id}/operations`,
      { operations },
      owner,
    );
  for (const [bad, path] of [
    [{ quantity: -1 }, "quantity"],
    [{ quantity: 1.5 }, "quantity"],
    [{ quantity: 100 }, "quantity"],
    [{ chat_url: "javascript:alert(1)" }, "chat_url"],
    [{ chat_url: "http://chat.example" }, "chat_url"],
    [{ note: "x".repeat(1_001) }, "note"],
    [{ dimensions: {} }, "dimensions"],
    [{ dimensions: { width_mm: 0.5 } }, "dimensions.width_mm"],
  ] as const) {
    const { status, body } = await send([{ ...adding(shoe), ...bad }]);
    expect([status, body.errors[0]?.path]).toEqual([400, `operations.0.${path}`]);
  }
  const { body } = await send([adding(randomUUID()), adding(shoe)]);
  expect(body.results.map(({ outcome, code }) => [outcome, code])).toEqual([
    ["refused", "variant_not_found"],
    ["done", undefined],
  ]);
  const nobody = { authorization: `Bearer ${server.writeKey}` };
  expect((await server.call("GET", PATH, undefined, nobody)).status).toBe(400);
  expect((await server.call("GET", `/v1/errands?store=${IZMIR}`, undefined, owner)).status).toBe(403);
});

test("LIST-19 a list left unpaid feeds a segment, and leaves it with the purchase on another channel", async () => {
  const phone = newId(server.clock);
  const her = await signIn("ece@example.com", phone);
  const definition = {
    did: "Product Added to List",
    not_followed_by: ["Order Completed"],
    for: "PT1H",
  };
  const { body: segment } = await server.call<{ id: string }>("POST", "/v1/segments", {
    name: "Left unpaid",
    definition,
  });
  await server.settle();
  const { body: ece } = await server.call<{ id: string }>("GET", "/v1/profiles/email:ece@example.com");
  const isMember = async () => {
    const { body } = await server.call<{ items: { profile_id: string }[] }>(
      "GET",
      `/v1/segments/${segment.id}/members`,
    );
    return body.items.some(({ profile_id }) => profile_id === ece.id);
  };
  const list = await make(her);
  await add(her, list.id, shoe);
  await server.settle();
  expect(await isMember()).toBe(false);
  server.clock.advance({ minutes: 61 });
  await server.settle();
  expect(await isMember()).toBe(true);
  const sale = {
    channel: "store",
    store_id: IZMIR,
    payment: "cash",
    profile_id: ece.id,
    lines: [{ variant_id: shoe, quantity: 1 }],
  };
  expect((await server.call("POST", "/v1/orders", sale, { "idempotency-key": "ece" })).status).toBe(201);
  await server.settle();
  expect(await isMember()).toBe(false);
  const { body } = await server.call<ShoppingList>("GET", `${PATH}/${list.id}`, undefined, her);
  expect(body.items).toEqual([]);
});
