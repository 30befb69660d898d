import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";

import { pack, toDraft, unpack } from "./draft.ts";

const definition = {
  all: [
    { did: "Order Completed", within: "P30D" },
    { trait: "city", op: "is", value: "İzmir" },
  ],
};

test("a definition comes out of an address as it went in, packed or as JSON", async () => {
  const packed = await pack(definition);
  expect(packed).toMatch(/^[\w-]+$/);
  expect(await unpack(packed)).toEqual(definition);
  expect(await unpack(toDraft("x", definition).definition)).toEqual(definition);
  expect(await unpack(undefined)).toBeNull();
});

test("whatever somebody writes into an address, it is a condition or nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.base64String(), fc.json()), async (text) => {
      const read = await unpack(text);
      expect(read === null || typeof read === "object").toBe(true);
    }),
  );
  const bomb = deflateRawSync(Buffer.from(`{"did":"${" ".repeat(50_000_000)}"}`)).toString("base64url");
  expect(await unpack(bomb)).toBeNull();
});
