import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer as createHttp, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { upload } from "../../imports/testing/import-text.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Product, ProductImportDetail, ProductPreview, ProductSummary } from "../contracts.ts";
import { makePhoto, withExif } from "../testing/make-photo.ts";

let server: TestServer;
let pictures: Server;
let shop: string;
const asked: string[] = [];
beforeAll(async () => {
  server = await createServer({ outboundAllow: ["127.0.0.1"] });
  // Worked by the tests themselves.
  await server.rooms.catalog.stop?.();
  const photo = withExif(await makePhoto(60, 40), 1);
  pictures = createHttp((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/moved.jpg") return response.writeHead(302, { location: "/boot.jpg" }).end();
    if (request.url === "/inside.jpg") return response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    if (request.url === "/script.jpg") return response.end("<svg onload='alert(1)'/>");
    if (request.url === "/gone.jpg") return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": "image/jpeg" }).end(photo);
  }).listen(0, "127.0.0.1");
  await once(pictures, "listening");
  shop = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
});
afterAll(async () => {
  pictures.close();
  await server.close();
});

const preview = async (file: string, over: object = {}) => {
  const { status, body } = await server.call<ProductPreview>("POST", "/v1/products/imports/preview", { file, ...over });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};
const read = async (id: string) => (await server.call<ProductImportDetail>("GET", `/v1/products/imports/${id}`)).body;
/** Takes a file in as it is understood by itself. */
async function take(content: string | Uint8Array, options: object = {}): Promise<ProductImportDetail> {
  const file = await upload(server, content);
  const { suggested } = await preview(file, { options });
  const body = { file, columns: suggested, options };
  const begun = await server.call<ProductImportDetail>("POST", "/v1/products/imports", body);
  if (begun.status !== 201) throw new Error(JSON.stringify(begun.body));
  await server.rooms.catalog.workImports();
  return read(begun.body.id);
}
const find = async (q: string) =>
  (await server.call<{ items: ProductSummary[] }>("GET", `/v1/products?q=${encodeURIComponent(q)}`)).body.items;
const open = async (q: string) => {
  const [first] = await find(q);
  return (await server.call<Product>("GET", `/v1/products/${first?.id}`)).body;
};

const XML = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>GB-38</g:id><g:item_group_id>gb</g:item_group_id><title>Göbek boot</title>
<description><![CDATA[Warm <b>&amp; dry</b><script>alert(1)</script>]]></description>
<link>https://shop.example/gb</link><g:image_link>SHOP/boot.jpg</g:image_link>
<g:additional_image_link>SHOP/moved.jpg</g:additional_image_link><g:additional_image_link>SHOP/inside.jpg</g:additional_image_link>
<g:price>89.90 EUR</g:price><g:sale_price>69.90 EUR</g:sale_price><g:gtin>4006381333931</g:gtin><g:size>38</g:size>
<g:color>Red</g:color><g:material>leather/wool</g:material><g:product_type>Fashion &gt; Shoes &gt; Boots</g:product_type>
<g:product_weight>1.2 kg</g:product_weight><g:product_height>21 cm</g:product_height><g:shipping><g:price>5 EUR</g:price></g:shipping></item>
<item><g:id>GB-39</g:id><g:item_group_id>gb</g:item_group_id><title>Göbek boot</title><g:price>89.90 EUR</g:price><g:size>39</g:size></item>
<item><g:id>BAD</g:id><title>Bad</title><g:price>9.999 EUR</g:price></item>
<item><g:id>BAD2</g:id><title>Bad</title><g:price>9 EUR</g:price><g:gtin>4006381333932</g:gtin></item>
<item><g:id>BAD3</g:id><title>Bad</title><g:price>-1 EUR</g:price></item>
</channel></rss>`;

test("CAT-21 a Google Merchant feed in XML becomes products; each bad item costs itself and says why", async () => {
  const done = await take(XML.replaceAll("SHOP", shop));
  expect(done).toMatchObject({ state: "done", rows: 5, created: 2, updated: 0, rejected: 3 });
  const bytes = Buffer.byteLength(XML.replaceAll("SHOP", shop));
  expect(done).toMatchObject({ bytes, bytes_done: bytes });
  expect(done.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, "price", "price_too_fine"],
    [4, "gtin", "bad_gtin"],
    [5, "price", "bad_price"],
  ]);
  const boot = await open("gobek");
  expect(boot).toMatchObject({
    code: "gb",
    description: "Warm & dry",
    url: "https://shop.example/gb",
    materials: ["leather", "wool"],
    dimensions: { weight_g: 1200, height_mm: 210 },
    category_title: "Boots",
    sizes: ["38", "39"],
  });
  expect(boot.variants.map((v) => [v.sku, v.gtin, v.price.amount, v.was?.amount ?? null])).toEqual([
    ["GB-38", "04006381333931", 6990, 8990],
    ["GB-39", null, 8990, null],
  ]);
});

test("CAT-22 pictures are fetched from outside alone, kept without what they carry, and once", async () => {
  const boot = await open("gobek");
  expect(boot.photos).toHaveLength(1);
  expect(boot.image_url).toBe(boot.photos[0]?.url);
  const { body: imports } = await server.call<{ items: ProductImportDetail[] }>("GET", "/v1/products/imports");
  const detail = await read(imports.items[0]?.id ?? "");
  // The moved one is the same picture: kept once.
  expect(detail.pictures).toEqual({ waiting: 0, done: 2, failed: 1 });
  expect(detail.picture_problems).toEqual([{ url: `${shop}/inside.jpg`, problem: "refused_address" }]);
  const before = asked.length;
  await take(XML.replaceAll("SHOP", shop));
  expect(asked.slice(before)).toEqual(["/inside.jpg"]);
  const bad = await take(`sku,title,price,image\nS1,Script,1,${shop}/script.jpg\nS2,Gone,1,${shop}/gone.jpg\n`);
  expect(bad.picture_problems.map(({ problem }) => problem).sort()).toEqual(["answered_404", "bad_photo"]);
  const why = await fetch(`${server.url}/v1/products/imports/${bad.id}/problems.csv`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  expect((await why.text()).split("\r\n").slice(1)).toEqual([
    `,image,answered_404,${shop}/gone.jpg`,
    `,image,"It is no JPEG, PNG or WebP that can be read.",${shop}/script.jpg`,
    "",
  ]);
});

test("CAT-23 the same file again changes nothing; what a row leaves out stays", async () => {
  const changed = async () =>
    (await server.pool.query("select id, changed_in::text from catalog.product order by id")).rows;
  const before = await changed();
  expect(await take(XML.replaceAll("SHOP", shop))).toMatchObject({ created: 0, updated: 0, rejected: 3 });
  expect(await changed()).toEqual(before);
  const update = await take(
    "id\ttitle\tprice\tlink\ngb-none\t\t\t\nGB-39\tGöbek boot\t79.90 EUR\thttps://shop.example/gb\n",
  );
  expect(update).toMatchObject({ created: 0, updated: 1, rejected: 1 });
  expect((await open("gobek")).variants.map((v) => [v.sku, v.size, v.price.amount])).toEqual([
    ["GB-38", "38", 6990],
    ["GB-39", "39", 7990],
  ]);
});

test("CAT-21 a CSV of one's own, with Turkish headers and decimal commas; formulas stay text and leave as text", async () => {
  const csv = `ürün kodu;stok kodu;başlık;title (tr);kategori;fiyat;beden;renk
YB;YB-S;Yün bere;Yün bere;Şapkalar;1.249,50 TRY;S;Kırmızı
YB;YB-M;;;;1.249,50 TRY;M;Kırmızı
FX;=1+1;Formül;;;1 TRY;;
FY;FY-1;;;;;;\n`;
  const done = await take(csv, { decimal: "," });
  expect(done).toMatchObject({ created: 3, rejected: 1 });
  expect(done.problems).toMatchObject([{ row: 5, code: "no_title" }]);
  expect((await open("bere")).variants.map((v) => [v.sku, v.size, v.color, v.price])).toEqual([
    ["YB-S", "S", "Kırmızı", { amount: 124_950, currency: "TRY" }],
    ["YB-M", "M", "Kırmızı", { amount: 124_950, currency: "TRY" }],
  ]);
  const bad = await take("sku,title,price,gtin\n=cmd|x,T,1,1234\n");
  const response = await fetch(`${server.url}/v1/products/imports/${bad.id}/problems.csv`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  expect(await response.text()).toContain("2,gtin,The GTIN has a wrong length or check digit.,1234");
});

test("CAT-21 a price with the other decimal sign is refused, not taken a hundredfold", async () => {
  const prices = ["19,00", "1.500,00", "1,234.50", "1 234", "12,345"];
  const table = prices.map((price, i) => `DEC-${i}\tThing\t${price}\tZZZ`).join("\n");
  const file = `sku\ttitle\tprice\tcurrency\n${table}\n`;
  const pointed = await take(file.replaceAll("ZZZ", "EUR"), { images: false });
  expect(pointed.problems.map(({ row, code }) => [row, code])).toEqual([
    [2, "other_decimal"],
    [3, "other_decimal"],
  ]);
  const { rows } = await server.pool.query(
    "select sku, price from catalog.variant where sku like 'DEC-%' order by sku",
  );
  expect(rows.map(({ sku, price }) => [sku, Number(price)])).toEqual([
    ["DEC-2", 123_450],
    ["DEC-3", 123_400],
    ["DEC-4", 1_234_500],
  ]);
  const comma = await take(file.replaceAll("ZZZ", "EUR"), { images: false, decimal: "," });
  expect(comma.problems.map(({ row, code }) => [row, code])).toEqual([
    [4, "other_decimal"],
    [6, "price_too_fine"],
  ]);
  const { problems } = await take(file, { images: false });
  expect(problems[0]).toMatchObject({ column: "currency", code: "bad_currency", value: "ZZZ" });
});

test("CAT-23 of two rows of one SKU that differ the first stands, however far apart; the same again and pictures are taken", async () => {
  const filler = Array.from({ length: 450 }, (_, i) => `RF-${i},,Filler,1,`).join("\n");
  const csv = `sku,group,title,price,images
RP-1,rp,Jacket,10,
RP-2,rp,Jacket,,
RP-1,rp,Jacket,12,
RP-2,rp,Jacket,20,
${filler}
RP-1,rp,Jacket,10,
RP-1,rp,,,${shop}/v3.jpg
RP-2,rp,Coat,20,
RP-1,,Coat,10,
`;
  const looked = await preview(await upload(server, csv.replace("RP-2,rp,Jacket,,\n", "")));
  expect(looked.problems.map(({ row, code, first_row }) => [row, code, first_row])).toEqual([
    [3, "sku_repeated", 2],
    [457, "sku_repeated", 4],
    [458, "sku_repeated", 2],
  ]);
  const done = await take(csv);
  expect(done).toMatchObject({ state: "done", rows: 458, rejected: 4 });
  expect(done.problems.map(({ row, code, value, first_row }) => [row, code, value, first_row])).toEqual([
    // Its price is missing: it was not taken, and is no first row.
    [3, "no_price", "RP-2", null],
    [4, "sku_repeated", "RP-1", 2],
    [458, "sku_repeated", "RP-2", 5],
    [459, "sku_repeated", "RP-1", 2],
  ]);
  const jacket = await open("RP-1");
  expect(jacket.title).toBe("Jacket");
  expect(jacket.variants.map((v) => [v.sku, v.price.amount])).toEqual([
    ["RP-1", 1000],
    ["RP-2", 2000],
  ]);
  expect(jacket.photos).toHaveLength(1);
  const why = await fetch(`${server.url}/v1/products/imports/${done.id}/problems.csv`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  expect(await why.text()).toContain('4,,"The SKU stands in row 2, which says something else; that one stays.",RP-1');
  const left = await server.pool.query("select 1 from catalog.import_sku");
  expect(left.rows).toEqual([]);
  // A second import is a file of its own.
  expect(await take("sku,title,price\nRP-1,Jacket,12\n")).toMatchObject({ updated: 1, rejected: 0 });
});

test("CAT-23 a row that names a SKU for its pictures, and has no price, is not the first row of it; less or more is no contradiction", async () => {
  const csv = `sku,group,title,price,size,images
PI-1,pi,Shirt,10,,
PI-2,pi,Blouse,,,${shop}/v2.jpg
PI-2,pi,Shirt,20,,
PI-2,,,20,M,${shop}/v3.jpg
`;
  const looked = await preview(await upload(server, csv));
  expect(looked.problems).toEqual([]);
  expect(await take(csv)).toMatchObject({ state: "done", rejected: 0 });
  expect((await open("PI-1")).variants.map((v) => [v.sku, v.price.amount, v.size])).toEqual([
    ["PI-1", 1000, null],
    ["PI-2", 2000, "M"],
  ]);
});

test("CAT-21 a Shopify export: options are sizes and colours, rows of pictures alone are no variants", async () => {
  const csv = `Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Price,Variant Compare At Price,Variant Barcode,Image Src
varsity,Varsity Top,<p>Warm</p>,Dokuma,Tops,Size,S,Color,Grey,,250,60.00,80.00,,${shop}/v1.jpg
varsity,,,,,,M,,Grey,,250,60.00,,,
varsity,,,,,,,,,,,,,,${shop}/v2.jpg
gift,Gift Card,,Dokuma,,Title,Default Title,,,GIFT,0,25.00,,,\n`;
  const done = await take(csv);
  expect(done).toMatchObject({ rejected: 0, created: 3, rows: 4 });
  const top = await open("varsity");
  expect(top.dimensions).toEqual({ weight_g: 250 });
  expect(top.variants.map((v) => [v.sku, v.size, v.was?.amount ?? null])).toEqual([
    ["varsity-S-Grey", "S", 8000],
    ["varsity-M", "M", null],
  ]);
});

const REAL = resolve(import.meta.dirname, "../../../../../shared/data/shopify-product-csv");
const hasReal = existsSync(REAL);
if (!hasReal) console.log("skipped: the public data sets are not beside the repository");

test.skipIf(!hasReal)("real exports of Shopify come in whole", async () => {
  for (const name of ["apparel", "home-and-garden", "jewelery"]) {
    const done = await take(readFileSync(`${REAL}/${name}.csv`), { images: false });
    expect(done).toMatchObject({ state: "done", rejected: 0 });
    expect(done.created).toBeGreaterThan(15);
  }
});

test("CAT-24 killed anywhere it goes on behind the last rows taken; cancelled it takes nothing more, resumed it ends", async () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => `G${i >> 2},K-${i},Thing ${i >> 2},${i % 7}.50`);
  const file = await upload(server, `group,sku,title,price\n${rows.join("\n")}\n`);
  const { suggested } = await preview(file);
  const body = { file, columns: suggested, options: { category: "Things" } };
  const { body: job } = await server.call<ProductImportDetail>("POST", "/v1/products/imports", body);
  const steps: number[] = [];
  const shares: number[] = [];
  for (let life = 0; (await read(job.id)).state !== "done"; life++) {
    expect(life).toBeLessThan(12);
    // Dies in the middle of its second chunk: what it had not committed is gone with it.
    const off = server.bus.onChange((changes) => {
      if (!changes.some(({ id, what }) => id === job.id && what.includes("progress"))) return;
      off();
      void server.call("POST", `/v1/products/imports/${job.id}/cancel`);
    });
    await server.rooms.catalog.workImports();
    off();
    const now = await read(job.id);
    steps.push(now.rows);
    shares.push(now.bytes_done / (now.bytes ?? 0));
    if (now.state !== "cancelled") continue;
    expect((await server.call("POST", `/v1/products/imports/${job.id}/cancel`)).status).toBe(409);
    await server.call("POST", `/v1/products/imports/${job.id}/resume`);
  }
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(await read(job.id)).toMatchObject({ rows: 1_000, created: 1_000, rejected: 0 });
  // How far it is goes with its rows, though the file is one piece.
  for (const [i, share] of shares.entries()) expect(share).toBeCloseTo((steps[i] ?? 0) / 1_000, 1);
  const { rows: counted } = await server.pool.query(
    "select count(*)::int as n, count(distinct product_id)::int as p from catalog.variant where sku like 'K-%'",
  );
  expect(counted).toEqual([{ n: 1_000, p: 250 }]);
  expect((await server.call("POST", `/v1/products/imports/${job.id}/resume`)).status).toBe(409);
});

test("a mapping without price, a file that is no feed: refused with a reason", async () => {
  const file = await upload(server, "sku,title\n1,x\n");
  const { missing, suggested } = await preview(file);
  expect(missing).toEqual(["price"]);
  expect(await server.call("POST", "/v1/products/imports", { file, columns: suggested })).toMatchObject({
    status: 422,
  });
  const broken = await upload(server, "<rss><channel><item><title>x</title></channel></rss>");
  const answer = await server.call("POST", "/v1/products/imports/preview", { file: broken });
  expect(answer).toMatchObject({ status: 422, body: { code: "unreadable_feed" } });
  const bomb = await upload(
    server,
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>',
  );
  expect((await server.call("POST", "/v1/products/imports/preview", { file: bomb })).status).toBe(422);
});
