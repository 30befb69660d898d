import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { cleanImage } from "./clean-image.ts";
import { ImageProblem } from "./image.ts";

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>';
const PNG = new Resvg(SVG).render().asPng();

function pngChunk(type: string, data: string): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type + data, "latin1"), Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  return chunk;
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const FRAME = segment(0xc0, Buffer.from([8, 0, 30, 0, 50, 1, 1, 0x11, 0]));
const SCAN = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 3])]);
const jpeg = (...segments: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, FRAME, SCAN, Buffer.from([0xff, 0xd9])]);
/** An EXIF block as a phone writes it: turned, and with the place in a later entry. */
const exif = (turn: number) =>
  segment(
    0xe1,
    Buffer.concat([
      Buffer.from("Exif\0\0II*\0", "latin1"),
      Buffer.from([8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0]),
      Buffer.from("GPS 38.42 27.14"),
    ]),
  );

function riff(...chunks: [string, Buffer][]): Buffer {
  const body = Buffer.concat(
    chunks.flatMap(([type, data]) => {
      const head = Buffer.alloc(8);
      head.write(type, "latin1");
      head.writeUInt32LE(data.length, 4);
      return [head, data, Buffer.alloc(data.length % 2)];
    }),
  );
  const head = Buffer.alloc(12);
  head.write("RIFF", "latin1");
  head.writeUInt32LE(body.length + 4, 4);
  head.write("WEBP", 8, "latin1");
  return Buffer.concat([head, body]);
}

const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

describe("CNT-6 nothing of a file is kept but the picture", () => {
  test("PNG: texts and what hangs on behind its end go", () => {
    const dirty = Buffer.concat([
      PNG.subarray(0, 33),
      pngChunk("tEXt", "Author\0Somebody"),
      pngChunk("eXIf", "GPS 38.42"),
      PNG.subarray(33),
      Buffer.from("<script>alert(1)</script>"),
    ]);
    const clean = cleanImage(dirty);
    expect(clean).toMatchObject({ mediaType: "image/png", width: 40, height: 20 });
    expect(clean.bytes).toEqual(PNG);
  });

  test("JPEG: the place goes, the way the camera was held stays", () => {
    const clean = cleanImage(Buffer.concat([jpeg(segment(0xfe, Buffer.from("comment")), exif(6)), Buffer.from("PK")]));
    expect(clean).toMatchObject({ mediaType: "image/jpeg", width: 30, height: 50 });
    expect(clean.bytes.includes("GPS")).toBe(false);
    expect(clean.bytes.includes("comment")).toBe(false);
    expect(clean.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    expect(cleanImage(clean.bytes)).toEqual(clean);
    expect(cleanImage(jpeg(exif(1))).bytes.includes("Exif")).toBe(false);
  });

  test("GIF and WebP", () => {
    const withComment = Buffer.concat([
      GIF.subarray(0, 19),
      Buffer.from("!\xfe\x06secret\0", "latin1"),
      GIF.subarray(19),
    ]);
    expect(cleanImage(withComment).bytes).toEqual(GIF);
    const extended = Buffer.from([0x0c, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
    const webp = riff(["VP8X", extended], ["EXIF", Buffer.from("GPS")], ["XMP ", Buffer.from("me")]);
    const clean = cleanImage(webp);
    expect(clean).toMatchObject({ mediaType: "image/webp", width: 10, height: 5 });
    expect(clean.bytes.includes("GPS")).toBe(false);
    expect(clean.bytes[20]).toBe(0);
  });

  test("SVG becomes pixels; what it would load is refused", () => {
    expect(cleanImage(Buffer.from(SVG))).toMatchObject({ mediaType: "image/png", width: 1200, height: 600 });
    const bad = SVG.replace("<rect", '<image href="file:///etc/passwd"/><rect');
    expect(() => cleanImage(Buffer.from(bad))).toThrow(ImageProblem);
    expect(() => cleanImage(Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${SVG}`))).toThrow(ImageProblem);
  });

  test.each([
    ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a program", Buffer.from("MZ\x90\0")],
    ["a PDF", Buffer.from("%PDF-1.7")],
    ["half a PNG", PNG.subarray(0, 40)],
    ["half a JPEG", jpeg().subarray(0, 12)],
    ["nothing", Buffer.alloc(0)],
    ["a bomb", Buffer.from(SVG.replaceAll(/(width|height)="\d+"/g, '$1="0"'))],
  ])("%s is refused with a reason", (_name, bytes) => {
    expect(() => cleanImage(bytes)).toThrow(ImageProblem);
  });

  test("whatever the bytes are, they are refused or clean for good", () => {
    const starts = [PNG, GIF, jpeg(exif(3)), riff(["VP8X", Buffer.alloc(10)])];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.nat(), fc.nat(255), fc.nat(), (start, at, value, cut) => {
        const broken = Buffer.from(start);
        broken[at % broken.length] = value;
        try {
          const clean = cleanImage(broken.subarray(0, cut % 3 === 0 ? cut % broken.length : broken.length));
          expect(cleanImage(clean.bytes).bytes).toEqual(clean.bytes);
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
    expect(image).toMatchObject({ media_type: "image/png", width: 40, height: 20, name: "logo.png", size: PNG.length });
    expect((await upload(PNG, "image/png")).json().id).toBe(image.id);
    const shown = await office.app.inject(new URL(image.url).pathname);
    expect(shown.rawPayload).toEqual(PNG);
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
