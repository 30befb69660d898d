import { Transformer } from "@napi-rs/image";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Photo, Product } from "../contracts.ts";
import { makePhoto, withExif } from "../testing/make-photo.ts";
import { cleanPhoto } from "./clean-photo.ts";
import { sniffPhoto } from "./sniff-photo.ts";

let server: TestServer;
let product: Product;
beforeAll(async () => {
  server = await createServer();
  await server.call("PUT", "/v1/categories/shoes", { title: "Shoes" });
  const variant = (sku: string, color: string) => ({ sku, color, price: { amount: 8900, currency: "EUR" } });
  const body = {
    title: "Ilgın sneaker",
    category: "shoes",
    variants: [variant("r38", "Red"), variant("r39", "Red"), variant("b38", "Blue")],
  };
  product = (await server.call<Product>("POST", "/v1/products", body)).body;
});
afterAll(() => server.close());

const send = async (bytes: Buffer, query = "", type = "image/jpeg") => {
  const response = await fetch(`${server.url}/v1/products/${product.id}/photos?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": type },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as { items: Photo[]; code?: string } };
};

test("CAT-9 of a photo the pixels stay, upright; place, maker and whatever else was in the file do not", async () => {
  const told = withExif(await makePhoto(400, 200), 6);
  expect((await new Transformer(told).metadata(true)).orientation).toBe(6);
  expect(told.includes("SecretPhone")).toBe(true);
  const clean = await cleanPhoto(told);
  expect(clean).toMatchObject({ width: 200, height: 400 });
  for (const { content } of clean?.files ?? []) {
    const { exif, orientation } = await new Transformer(content).metadata(true);
    expect([exif ?? null, orientation ?? null]).toEqual([null, null]);
    expect(content.includes("Exif")).toBe(false);
    expect(content.includes("SecretPhone")).toBe(false);
  }
});

test("CAT-9 large photos are made smaller, PNG and WebP are taken too", async () => {
  const large = await cleanPhoto(await makePhoto(3000, 1500));
  expect(large).toMatchObject({ width: 1600, height: 800 });
  const small = await new Transformer(large?.files[1]?.content ?? Buffer.alloc(0)).metadata();
  expect([small.width, small.height]).toEqual([480, 240]);
  const jpeg = await makePhoto(60, 40);
  const webp = await new Transformer(jpeg).webp(80);
  expect(sniffPhoto(webp)).toEqual({ kind: "webp", width: 60, height: 40 });
  expect(sniffPhoto(await new Transformer(jpeg).webpLossless())).toEqual({ kind: "webp", width: 60, height: 40 });
  expect(sniffPhoto(await new Transformer(jpeg).png())).toEqual({ kind: "png", width: 60, height: 40 });
  expect(await cleanPhoto(webp)).toMatchObject({ width: 60, height: 40 });
});

test("CAT-9 whatever is cut off or garbled is refused or drawn anew, and never breaks anything", async () => {
  const whole = withExif(await makePhoto(60, 40), 6);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat({ max: 255 }), fc.boolean(), async (at, value, isCut) => {
      const i = at % whole.length;
      const given = isCut ? whole.subarray(0, i) : Buffer.from(whole);
      if (!isCut) given[i] = value;
      const clean = await cleanPhoto(given);
      for (const { content } of clean?.files ?? []) expect(content.includes("SecretPhone")).toBe(false);
    }),
  );
});

test("CAT-9 what is no photo is refused, whatever it calls itself: SVG, HTML, half a file, a billion pixels", async () => {
  const jpeg = await makePhoto(60, 40);
  const bomb = Buffer.from(await new Transformer(jpeg).png());
  bomb.writeUInt32BE(40_000, 16);
  bomb.writeUInt32BE(40_000, 20);
  for (const bytes of [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    Buffer.from("<html>"),
    Buffer.from("GIF89a"),
    Buffer.alloc(0),
    jpeg.subarray(0, jpeg.length / 2 - 300),
    bomb,
  ])
    expect(await cleanPhoto(bytes)).toBeNull();
  expect(await send(Buffer.from("<svg/>"), "", "image/svg+xml")).toMatchObject({
    status: 422,
    body: { code: "bad_photo" },
  });
  expect((await send(Buffer.alloc(26 * 1024 * 1024, 1))).status).toBe(413);
});

test("CAT-10 the first photo stands for the product, a variant's for those of its colour; the same picture is kept once", async () => {
  const [red, , blue] = product.variants;
  const front = await makePhoto(300, 300);
  await send(front, "alt=From+the+front");
  expect((await send(front)).body.items).toHaveLength(1);
  const { body } = await send(await makePhoto(310, 300), `variant=${red?.id}`);
  const [first, second] = body.items;
  const read = async () => (await server.call<Product>("GET", `/v1/products/${product.id}`)).body;
  const shown = await read();
  expect(shown.image_url).toBe(first?.url);
  expect(shown.photos.map((photo) => photo.alt)).toEqual(["From the front", ""]);
  expect(shown.variants.map((v) => v.image_url)).toEqual([second?.url, second?.url, first?.url]);
  expect(shown.swatches.map((s) => s.image_url)).toEqual([second?.url, first?.url]);

  await server.call("PUT", `/v1/products/${product.id}/photos`, { photos: [second?.id] });
  expect((await read()).image_url).toBe(second?.url);
  await server.call("DELETE", `/v1/photos/${second?.id}`);
  expect((await read()).variants.find((v) => v.id === blue?.id)?.image_url).toBe(first?.url);
  expect((await send(front, `variant=${product.id}`)).status).toBe(404);

  const picture = await fetch(`${server.url}${first?.url}?w=400`);
  expect([picture.headers.get("content-type"), picture.headers.get("cache-control")]).toEqual([
    "image/jpeg",
    "public, max-age=31536000, immutable",
  ]);
  expect((await fetch(`${server.url}${second?.url}`)).status).toBe(404);
});
