import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { loadIdentifiersOf } from "../identity/index.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ImportDetail, PreviewView } from "./contracts.ts";
import { importText, upload } from "./testing/import-text.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

interface Shown {
  id: string;
  identifiers: { type: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  consent: Record<string, Record<string, { state: string; at: string; source: string }>>;
  computed: { orders: number; revenue: number; currency: string };
}

async function person(ref: string): Promise<Shown> {
  const { status, body } = await server.call<Shown>("GET", `/v1/profiles/${encodeURIComponent(ref)}`);
  expect(status).toBe(200);
  return body;
}

interface Told {
  type: string;
  event: string;
  timestamp: string;
  channel: string;
  properties: Record<string, unknown>;
}

async function timeline(ref: string): Promise<Told[]> {
  const { body } = await server.call<{ items: Told[] }>("GET", `/v1/profiles/${encodeURIComponent(ref)}/events`);
  return body.items;
}

function counts({ rows, accepted, repeated, changed, rejected }: ImportDetail) {
  return { rows, accepted, repeated, changed, rejected };
}

async function errorsOf(id: string): Promise<string[]> {
  const response = await fetch(`${server.url}/v1/imports/${id}/errors`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  expect(response.headers.get("content-type")).toContain("text/csv");
  return (await response.text()).trim().split("\r\n").slice(1);
}

describe("people", () => {
  const columns = [
    { column: "No", field: "user_id" },
    { column: "E-posta", field: "email" },
    { column: "Ad", field: "trait:first_name" },
    { column: "İl", field: "trait:address.city" },
    { column: "Puan", field: "trait:points", type: "number" },
    { column: "VIP", field: "trait:vip", type: "boolean" },
    { column: "Doğum", field: "trait:birthday", type: "date" },
    { column: "Etiket", field: "trait:tags", type: "list", separator: "|" },
    { column: "İzin", field: "consent:email" },
    { column: "SMS", field: "consent:sms:offers" },
    { column: "İzin tarihi", field: "consent_at" },
  ];
  const header = "No;E-posta;Ad;İl;Puan;VIP;Doğum;Etiket;İzin;SMS;İzin tarihi";
  const options = { decimal: ",", date: "dmy", zone: "Europe/Istanbul" };
  const rows = [
    "901;AYSE@Example.com;Ayşe;İzmir;1.250,5;evet;24.12.1985;yeni|sadık;evet;hayır;01.02.2026 10:00",
    ";mehmet@example.com;Mehmet;Ankara;;hayır;;;;;",
  ];

  test("IMP-6 a row becomes a person with typed traits and dated consent, known by its strongest identifier", async () => {
    const done = await importText(server, "people", [header, ...rows].join("\n"), columns, options);
    expect(done).toMatchObject({ state: "done", events: 4 });
    expect(counts(done)).toEqual({ rows: 2, accepted: 2, repeated: 0, changed: 0, rejected: 0 });
    await server.settle();
    const ayse = await person("user_id:901");
    expect(ayse.traits).toMatchObject({
      first_name: "Ayşe",
      email: "ayse@example.com",
      address: { city: "İzmir" },
      points: 1250.5,
      vip: true,
      birthday: "1985-12-24",
      tags: ["yeni", "sadık"],
    });
    expect(ayse.consent).toMatchObject({
      email: { marketing: { state: "granted", at: "2026-02-01T07:00:00.000Z", source: "import" } },
      sms: { offers: { state: "denied" } },
    });
    expect(ayse.identifiers.every(({ verified }) => !verified)).toBe(true);
    const [held] = await loadIdentifiersOf(server.db, [ayse.id]);
    expect(held).toMatchObject({ source: `import:${done.id}`, verified: false });
    const mehmet = await person("email:mehmet@example.com");
    expect(mehmet.identifiers.map(({ type, value }) => `${type}:${value}`)).toEqual(["email:mehmet@example.com"]);
  });

  test("IMP-7 the same file a year later changes nothing; a row that says something else updates its person", async () => {
    server.clock.advance("P400D");
    const again = await importText(server, "people", [header, ...rows].join("\r\n"), columns, options);
    expect(counts(again)).toEqual({ rows: 2, accepted: 0, repeated: 2, changed: 0, rejected: 0 });
    const moved = [header, rows[0]?.replace("İzmir", "Muğla"), rows[1]].join("\n");
    const changed = await importText(server, "people", moved, columns, options);
    expect(counts(changed)).toMatchObject({ accepted: 1, repeated: 1 });
    await server.settle();
    expect((await person("user_id:901")).traits).toMatchObject({ address: { city: "Muğla" } });
  });

  test("IMP-8 consent without its time is not taken: an old list must not undo a newer No", async () => {
    const file = await upload(server, "email,news\na@example.com,yes\n");
    const columns = [
      { column: "email", field: "email" },
      { column: "news", field: "consent:email" },
    ];
    const { status, body } = await server.call("POST", "/v1/imports", { file, kind: "people", columns });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ path: "options.consent_at" }] });
  });

  test("IMP-8 consent comes with its proof: when, where, the words, and the import it came by", async () => {
    const text = "email,news,on,where,words\nproof@example.com,yes,2026-01-05T10:00:00Z,till 3,May we write?\n";
    const columns = {
      email: "email",
      news: "consent:email:sale",
      on: "consent_at",
      where: "consent_source",
      words: "consent_wording",
    };
    const done = await importText(server, "people", text, columns);
    await server.settle();
    const { body } = await server.call<{ items: object[] }>("GET", "/v1/profiles/email:proof@example.com/consent");
    expect(body.items).toMatchObject([
      {
        purpose: "sale",
        state: "granted",
        at: "2026-01-05T10:00:00.000Z",
        source: "till 3",
        wording: "May we write?",
        proof: { import: done.id, imported: true },
      },
    ]);
  });

  test("telephone numbers of a country get its prefix", async () => {
    const text = "tel,name\n0532 111 22 33,Can\n+49 151 1234567,Jan\n";
    await importText(server, "people", text, { tel: "phone", name: "trait:first_name" }, { phone_prefix: "+90" });
    await server.settle();
    expect((await person("phone:+905321112233")).traits).toMatchObject({ first_name: "Can" });
    expect((await person("phone:+491511234567")).traits).toMatchObject({ first_name: "Jan" });
  });
});

describe("events", () => {
  const lines = [
    { id: "e1", who: "902", what: "Product Viewed", at: "2025-05-01T10:00:00Z", props: { product_id: "p1", price: 5 } },
    { id: "e2", who: "902", what: "Lesson Booked", at: "2025-05-02T10:00:00Z", props: { seats: 2, tags: ["a"] } },
  ];
  const columns = {
    id: "id",
    who: "user_id",
    what: "event",
    at: "time",
    "props.product_id": "property:product_id",
    "props.seats": "property:seats",
    "props.tags": "property:tags",
  };
  const text = lines.map((line) => JSON.stringify(line)).join("\n");

  test("IMP-9 a JSON line becomes an event at its time, values as they are", async () => {
    const done = await importText(server, "events", text, columns, { channel: "app" });
    expect(counts(done)).toMatchObject({ rows: 2, accepted: 2 });
    await server.settle();
    expect(
      (await timeline("user_id:902")).map(({ event, timestamp, properties }) => [event, timestamp, properties]),
    ).toEqual([
      ["Lesson Booked", "2025-05-02T10:00:00.000Z", { seats: 2, tags: ["a"] }],
      ["Product Viewed", "2025-05-01T10:00:00.000Z", { product_id: "p1" }],
    ]);
  });

  test("IMP-40 an export in Segment's form goes in as it suggests, whatever properties its later lines have", async () => {
    const text = [
      {
        type: "track",
        event: "Lamp Seen",
        userId: "931",
        messageId: "s1",
        timestamp: "2025-03-01T10:00:00Z",
        properties: { watts: 5 },
      },
      {
        type: "identify",
        userId: "931",
        messageId: "s2",
        timestamp: "2025-03-01T10:01:00Z",
        traits: { city: "Bandung" },
      },
      {
        type: "track",
        event: "Lamp Seen",
        userId: "931",
        messageId: "s3",
        timestamp: "2025-03-02T10:00:00Z",
        properties: { tint: "red" },
      },
    ].map((line) => JSON.stringify(line));
    const file = await upload(server, text.join("\n"));
    const { body } = await server.call<PreviewView>("POST", "/v1/imports/preview", { file });
    expect(body).toMatchObject({ kind: "events", missing: [], tried: { taken: 3, rejected: 0 } });
    const columns = body.suggested.columns.map(({ column, field }) => ({ column, field }));
    expect(await importText(server, "events", text.join("\n"), columns)).toMatchObject({ accepted: 3 });
    await server.settle();
    expect((await person("user_id:931")).traits).toMatchObject({ city: "Bandung" });
    const seen = (await timeline("user_id:931")).filter(({ event }) => event === "Lamp Seen");
    expect(seen.map(({ properties }) => properties)).toEqual([{ tint: "red" }, { watts: 5 }]);
  });

  test("an option that is told leaves the others to be guessed", async () => {
    const file = await upload(server, "order_id;total;date\n1;1.250,50;13.02.2025\n2;7,25;14.02.2025\n");
    const { body } = await server.call<PreviewView>("POST", "/v1/imports/preview", {
      file,
      options: { zone: "Europe/Istanbul" },
    });
    expect(body.suggested.options).toMatchObject({ zone: "Europe/Istanbul", decimal: ",", historical: true });
  });

  test("IMP-10 an id counts once for ever; one that says something else is told and left as it was", async () => {
    const done = await importText(server, "events", text.replace('"seats":2', '"seats":3'), columns, {
      channel: "app",
    });
    expect(counts(done)).toEqual({ rows: 2, accepted: 0, repeated: 1, changed: 1, rejected: 0 });
    expect(await errorsOf(done.id)).toEqual([expect.stringMatching(/^2,"","It was imported before/)]);
  });

  test("IMP-11 without an id a row is known by all its fields, wherever its columns stand", async () => {
    const map = { who: "user_id", at: "time", colour: "property:colour" };
    const a = "who,at,colour\n903,2025-01-01,red\n903,2025-01-01,blue\n903,2025-01-01,red\n";
    const b = "colour,who,at\nred,903,2025-01-01\n";
    const first = await importText(server, "events", a, map, { event: "Colour Chosen" });
    expect(counts(first)).toMatchObject({ accepted: 2, repeated: 1 });
    const second = await importText(server, "events", b, map, { event: "Colour Chosen" });
    expect(counts(second)).toMatchObject({ accepted: 0, repeated: 1 });
  });
});

describe("orders", () => {
  const columns = {
    Order: "order_id",
    Date: "time",
    Email: "email",
    SKU: "product_id",
    Item: "product_name",
    Qty: "quantity",
    Price: "price",
    Shipping: "shipping",
    Discount: "discount",
  };
  const header = "Order,Date,Email,SKU,Item,Qty,Price,Shipping,Discount";

  test("IMP-12 rows of one number are one order, its money exact; what went back is a refund", async () => {
    const text = [
      header,
      "O1,2025-06-01,elif@example.com,A,Mug,3,0.335,4.90,0.10",
      "O1,,,B,Plate,1,10.00,,",
      "O2,2025-06-03,,A,Mug,1,0.34,,",
      "O1,2025-06-09,elif@example.com,B,Plate,-1,10.00,,",
    ].join("\n");
    const done = await importText(server, "orders", text, columns, { currency: "EUR", channel: "web" });
    expect(done).toMatchObject({ state: "done", rows: 4, accepted: 3, rejected: 0 });
    await server.settle();
    const elif = await person("email:elif@example.com");
    expect(elif.computed).toMatchObject({ orders: 1, revenue: 1_091 - 1_000, currency: "EUR" });
    const told = await timeline("email:elif@example.com");
    expect(told.map(({ event }) => event)).toEqual(["Order Refunded", "Order Completed"]);
    expect(told[1]?.properties).toMatchObject({
      order_id: "O1",
      revenue: 10.91,
      shipping: 4.9,
      total: 15.81,
      products: [
        { product_id: "A", name: "Mug", price: 0.335, quantity: 3 },
        { product_id: "B", quantity: 1 },
      ],
    });
  });

  test("IMP-13 amounts follow their currency: no decimals in yen, minor units when told", async () => {
    const map = { id: "order_id", at: "time", who: "user_id", total: "total", cur: "currency" };
    await importText(server, "orders", "id,at,who,total,cur\nY1,2025-01-01,904,1299.6,JPY\n", map);
    await importText(server, "orders", "id,at,who,total,cur\nM1,2025-01-01,905,1299,EUR\n", map, { amounts: "minor" });
    await server.settle();
    expect((await person("user_id:904")).computed).toMatchObject({ revenue: 1_300, currency: "JPY" });
    expect((await person("user_id:905")).computed).toMatchObject({ revenue: 1_299, currency: "EUR" });
  });

  test("IMP-14 an unreadable row costs its whole order: half an order would be wrong for ever", async () => {
    const text = [
      header,
      "P1,2025-06-01,x@example.com,A,Mug,1,1.00,,",
      "P1,2025-06-01,x@example.com,B,Mug,one,1.00,,",
      "P2,2025-06-01,x@example.com,A,Mug,1,1.00,,",
      "P3,2025-06-01,x@example.com",
      "P4,2025-06-01,x@example.com,A,Mug,1,1.00,,",
      "P5,2025-06-01,x@example.com,A,Mug,1,1.00,,",
    ].join("\n");
    const done = await importText(server, "orders", text, columns, { currency: "EUR" });
    expect(counts(done)).toMatchObject({ rows: 6, accepted: 1, rejected: 5 });
    expect((await errorsOf(done.id)).map((line) => line.split(",").slice(0, 3).join(","))).toEqual([
      `2,"","Another row of this order cannot be read`,
      `3,"Qty","The value is no number with the chosen decimal sign."`,
      `4,"","Another row of this order cannot be read`,
      `5,"","The row has fewer cells than the header."`,
      `6,"","Another row of this order cannot be read`,
    ]);
  });

  test("IMP-15 rows of an order in two places of a file are told, the order is not doubled", async () => {
    const text = `${header}\nS1,2025-06-01,s@example.com,A,Mug,1,1.00,,\nS2,2025-06-01,s@example.com,A,Mug,1,1.00,,\nS1,2025-06-01,s@example.com,B,Mug,1,1.00,,\n`;
    const done = await importText(server, "orders", text, columns, { currency: "EUR" });
    expect(done).toMatchObject({ accepted: 2, changed: 1 });
    expect(done.problems).toMatchObject([{ row: 4, code: "key_twice" }]);
  });

  test("IMP-16 an export of a shop: order fields on the first line, refunded amounts, cancelled ones", async () => {
    const text = [
      "Name,Email,Financial Status,Created at,Currency,Subtotal,Shipping,Taxes,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount",
      "#1001,zeynep@example.com,partially_refunded,2025-03-01 10:00:00 +0300,TRY,200.00,20.00,40.00,260.00,1,Kilim,150.00,K1,50.00",
      "#1001,,,,,,,,,2,Mug,25.00,M1,",
      "#1002,zeynep@example.com,voided,2025-03-02 10:00:00 +0300,TRY,90.00,0,0,90.00,1,Mug,90.00,M1,0.00",
    ].join("\n");
    const file = await upload(server, text);
    const { body: preview } = await server.call<PreviewView>("POST", "/v1/imports/preview", { file });
    expect(preview).toMatchObject({
      kind: "orders",
      missing: [],
      tried: { rows: 3, rejected: 0, taken: 3, whole: true },
    });
    const { columns, options } = preview.suggested;
    const done = await importText(
      server,
      "orders",
      text,
      columns.map(({ column, field, type }) => ({ column, field, ...(type ? { type } : {}) })),
      { ...options },
    );
    expect(done).toMatchObject({ accepted: 3, events: 4 });
    await server.settle();
    const { computed } = await person("email:zeynep@example.com");
    expect(computed).toMatchObject({ orders: 1, revenue: 15_000, currency: "TRY" });
  });
});

describe("files as they come", () => {
  const text = "Müşteri No;Şehir\n910;Iğdır\n911;Ağrı\n";
  const columns = { "Müşteri No": "user_id", Şehir: "trait:city" };
  const bytes1254 = Buffer.from(
    [...text].map((letter) => ({ ü: 0xfc, ş: 0xfe, Ş: 0xde, ğ: 0xf0, ı: 0xfd })[letter] ?? letter.charCodeAt(0)),
  );

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    ["UTF-16 as Windows writes it", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
    ["UTF-16, the other way round", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "utf-16be"],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le"), "utf-16le"],
    ["Windows-1254", bytes1254, "windows-1254"],
    ["gzip", gzipSync(text), "utf-8"],
    ["gzip of Windows-1254", gzipSync(bytes1254), "windows-1254"],
  ])("IMP-17 %s is understood by itself", async (_name, bytes, encoding) => {
    const file = await upload(server, bytes);
    const { body } = await server.call<PreviewView>("POST", "/v1/imports/preview", { file });
    expect(body.format).toMatchObject({ encoding, delimiter: ";" });
    expect(body.found).toEqual([
      { name: "Müşteri No", type: "number", samples: ["910", "911"] },
      { name: "Şehir", type: "text", samples: ["Iğdır", "Ağrı"] },
    ]);
    expect(body.suggested.columns).toMatchObject([
      { column: "Müşteri No", field: "user_id" },
      { column: "Şehir", field: "trait:city" },
    ]);
    const done = await importText(server, "people", bytes, columns);
    expect(done).toMatchObject({ state: "done", rows: 2, rejected: 0 });
  });

  test.each([
    ["an empty one", Buffer.from("\n"), /is empty/],
    ["a spreadsheet", Buffer.from("PK\u0003\u0004...."), /zip archive or a spreadsheet/],
    ["one JSON array", Buffer.from('[{"a":1}]'), /one object per line/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 255]), /not text/],
    ["broken gzip", gzipSync("a,b\n1,2\n".repeat(1000)).subarray(0, 40), /damaged/],
  ])("IMP-18 %s is refused in one sentence", async (_name, bytes, sentence) => {
    const file = await upload(server, bytes);
    const { status, body } = await server.call<{ code: string; detail: string }>("POST", "/v1/imports/preview", {
      file,
    });
    expect([status, body.code]).toEqual([400, "unreadable_file"]);
    expect(body.detail).toMatch(sentence);
  });

  test("IMP-19 a small file that unpacks to more than may be imported stops there", async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from("email,x\n"), Buffer.alloc(80 * 1024 * 1024, "x")]));
    expect(bomb.length).toBeLessThan(500_000);
    const done = await importText(server, "people", bomb, { email: "email" });
    expect(done).toMatchObject({ state: "failed", failure: { code: "too_large" } });
  });

  test("IMP-20 every bad row is named with its place; its neighbours go in", async () => {
    const text = [
      "email,city",
      'ok1@example.com,"Two\nlines"',
      "no-address,Izmir",
      ",Izmir",
      "a@example.com,Izmir,more",
      'b@example.com,"Izmir" x',
      "c@example.com,\u0000",
      "=cmd()@,x",
      `ok2@example.com,${"İzmir ".repeat(200)}`,
    ].join("\n");
    const done = await importText(server, "people", text, { email: "email", city: "trait:city" });
    expect(done).toMatchObject({ state: "done", rows: 8, accepted: 2, rejected: 6 });
    expect(done.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, "email", "not_an_email"],
      [4, null, "nobody"],
      [5, null, "too_many_cells"],
      [6, null, "quote_misplaced"],
      [7, null, "invalid_characters"],
      [8, "email", "not_an_email"],
    ]);
    const lines = await errorsOf(done.id);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toContain(`"'=cmd()@,x"`);
  });
});

test("IMP-37 JSON as an enemy writes it costs its own line", async () => {
  const lines = [
    '{"who":"930","at":"2025-01-01","x":1}',
    `{"who":"930","at":"2025-01-01","x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    `{"who":"930","at":"2025-01-01","x":${'{"a":'.repeat(50)}1${"}".repeat(50)}}`,
    '{"who":"930","at":"2025-01-01","x":{"__proto__":{"admin":true}}}',
    '{"who":"930","at":"2025-01-01","x":{"a.b":1,"a":{"b":2}}}',
    '{"who":"930","at":"2025-01-01","x":"\\ud800"}',
    '{"who":{"a":1},"at":"2025-01-01","x":2}',
    "[1,2]",
    '{"who":',
  ];
  const done = await importText(
    server,
    "events",
    lines.join("\n"),
    { who: "user_id", at: "time", x: "property:x" },
    { event: "Odd" },
  );
  expect(done.problems.map(({ row, code }) => [row, code])).toEqual([
    [2, "too_deep"],
    [3, "too_deep"],
    [4, "forbidden_key"],
    [6, "invalid_characters"],
    [7, "nobody"],
    [8, "not_an_object"],
    [9, "not_json"],
  ]);
  expect(done).toMatchObject({ state: "done", accepted: 2 });
});

test("IMP-38 thirty years of months in one file arrive in History", async () => {
  const rows = Array.from(
    { length: 360 },
    (_, i) => `940,${1996 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`,
  );
  const text = ["who,at", ...rows].join("\n");
  const done = await importText(server, "events", text, { who: "user_id", at: "time" }, { event: "Long Ago" });
  expect(done).toMatchObject({ state: "done", accepted: 360 });
  await server.settle();
  const found = await server.history.query(
    "select count() as n, uniqExact(toYYYYMM(timestamp)) as months from events where name = 'Long Ago'",
  );
  expect(found).toEqual([{ n: 360, months: 360 }]);
});

test("IMP-21 an import starts no journey and is shown as history unless it says otherwise", async () => {
  const text = "u,t\n920,2026-01-01\n";
  await importText(server, "events", text, { u: "user_id", t: "time" }, { event: "Past" });
  const now = text.replace("01-01", "01-02");
  await importText(server, "events", now, { u: "user_id", t: "time" }, { event: "Present", historical: false });
  await server.settle();
  const rows = await server.history.query(
    "select name, historical, JSONExtractInt(context, 'import', 'row') as row from events where user_id = '920' order by name",
  );
  expect(rows).toEqual([
    { name: "Past", historical: 1, row: 2 },
    { name: "Present", historical: 0, row: 2 },
  ]);
});
