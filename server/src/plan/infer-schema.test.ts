import fc from "fast-check";
import { expect, test } from "vitest";

import { compileSchema } from "./compile-schema.ts";
import { inferSchema } from "./infer-schema.ts";

const name = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text !== "__proto__");
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map(String),
  fc.string(),
  fc.constant("2026-03-02T09:00:00Z"),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
}));

test("a suggested schema is kept by everything it was made from, and can be planned", () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(name, value, { maxKeys: 5 }), { maxLength: 15 }), (seen) => {
      const plain = JSON.parse(JSON.stringify(seen)) as unknown[];
      const compiled = compileSchema(inferSchema(plain));
      if ("errors" in compiled) throw new Error(JSON.stringify(compiled.errors));
      for (const one of plain) expect(compiled.check(one)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
