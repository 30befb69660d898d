import { crc32 } from "node:zlib";

import { Transformer } from "@napi-rs/image";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { makePhoto, withExif } from "../../catalog/testing/make-photo.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { cleanImage } from "./clean-image.ts";
import { ImageProblem } from "./image.ts";

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>';
const PNG = new Resvg(SVG).render().asPng();

const pixelsOf = (bytes: Buffer) => new Transformer(bytes).rawPixels();

/** A small file that says it is a large picture. */
function billionPixels(): Buffer {
  const bomb = Buffer.from(PNG);
  bomb.writeUInt32BE(40_000, 16);
  bomb.writeUInt32BE(40_000, 20);
  return bomb;
}

const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** A photo as a phone writes it: turned, and with the place and its maker in it. */
const photo = async () => withExif(await makePhoto(60, 40), 6);

describe("CNT-6 nothing of a file is kept but the picture", () => {
  test("PNG: texts and what hangs on behind its end go, the pixels and what shines through stay", async () => {
    const text = Buffer.concat([Buffer.alloc(4), Buffer.from("tEXtAuthor\0Somebody", "latin1"), Buffer.alloc(4)]);
    text.writeUInt32BE(15, 0);
    text.writeUInt32BE(crc32(text.subarray(4, -4)), text.length - 4);
    const dirty = Buffer.concat([
      PNG.subarray(0, 33),
      text,
      PNG.subarray(33),
      Buffer.from("<script>alert(1)</script>"),
    ]);
    const clean = await cleanImage(dirty);
    expect(clean).toMatchObject({ mediaType: "image/png", width: 40, height: 20 });
    for (const word of ["Somebody", "script"]) expect(clean.bytes.includes(word)).toBe(false);
    expect(await pixelsOf(clean.bytes)).toEqual(await pixelsOf(PNG));
    expect((await cleanImage(clean.bytes)).bytes).toEqual(clean.bytes);
  });

  test("JPEG and WebP: the place and the maker go, the picture stands upright", async () => {
    const jpeg = await cleanImage(await photo());
    expect(jpeg).toMatchObject({ mediaType: "image/jpeg", width: 40, height: 60 });
    const webp = await cleanImage(await new Transformer(await photo()).webp(80));
    expect(webp).toMatchObject({ mediaType: "image/webp" });
    for (const { bytes } of [jpeg, webp]) {
      expect(bytes.includes("SecretPhone")).toBe(false);
      expect(bytes.includes("Exif")).toBe(false);
    }
  });

  test("GIF: comments go, the frames stay as they are", async () => {
    const withComment = Buffer.concat([
      GIF.subarray(0, 19),
      Buffer.from("!\xfe\x06secret\0", "latin1"),
      GIF.subarray(19),
    ]);
    expect((await cleanImage(withComment)).bytes).toEqual(GIF);
  });

  test("SVG becomes pixels; what it would load is refused", async () => {
    expect(await cleanImage(Buffer.from(SVG))).toMatchObject({ mediaType: "image/png", width: 1200, height: 600 });
    const bad = SVG.replace("<rect", '<image href="file:///etc/passwd"/><rect');
    await expect(cleanImage(Buffer.from(bad))).rejects.toThrow(ImageProblem);
    await expect(cleanImage(Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${SVG}`))).rejects.toThrow(ImageProblem);
  });

  test.each([
    ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a program", Buffer.from("MZ\x90\0")],
    ["a PDF", Buffer.from("%PDF-1.7")],
    ["half a PNG", PNG.subarray(0, 40)],
    ["nothing", Buffer.alloc(0)],
    ["a drawing without a size", Buffer.from(SVG.replaceAll(/(width|height)="\d+"/g, '$1="0"'))],
    ["a billion pixels", billionPixels()],
  ])("%s is refused with a reason", async (_name, bytes) => {
    await expect(cleanImage(bytes)).rejects.toThrow(ImageProblem);
  });

  test("whatever the bytes are, they are refused or clean", async () => {
    const starts = [PNG, GIF, await photo(), await new Transformer(PNG).webp(80)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.nat(), fc.nat(255), fc.nat(), async (start, at, value, cut) => {
        const broken = Buffer.from(start);
        broken[at % broken.length] = value;
        try {
          const clean = await cleanImage(broken.subarray(0, cut % 3 === 0 ? cut % broken.length : broken.length));
          expect(clean.bytes.includes("SecretPhone")).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(ImageProblem);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("over the API", () => {
  let office: PostOffice;
  beforeAll(async () => {
    office = await openPostOffice({ smtp: false });
  });
  afterAll(() => office.close());

  const upload = (payload: Buffer, type: string) =>
    office.app.inject({ method: "POST", url: "/v1/images?name=logo.png", payload, headers: { "content-type": type } });

  test("an uploaded picture is served as what it is, for ever, and kept once", async () => {
    const first = await upload(PNG, "text/html");
    expect(first.statusCode).toBe(201);
    const image = first.json();
    expect(image).toMatchObject({ media_type: "image/png", width: 40, height: 20, name: "logo.png" });
    expect((await upload(PNG, "image/png")).json().id).toBe(image.id);
    const shown = await office.app.inject(new URL(image.url).pathname);
    expect(await pixelsOf(shown.rawPayload)).toEqual(await pixelsOf(PNG));
    expect(shown.rawPayload).toHaveLength(image.size);
    expect(shown.headers).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect((await office.app.inject("/v1/images")).json().items).toMatchObject([{ id: image.id }]);
  });

  test("what is no picture is refused with the reason", async () => {
    const answer = await upload(Buffer.from("hello"), "image/png");
    expect(answer.json()).toMatchObject({ status: 400, code: "image_not_valid" });
    expect((await upload(Buffer.alloc(6_000_000), "image/png")).statusCode).toBe(413);
  });
});
