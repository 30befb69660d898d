import { expect, test } from "vitest";

import { readFields, writeFields } from "./form-fields.ts";

const SCHEMA = {
  $defs: { id: { type: "string" } },
  type: "object",
  additionalProperties: false,
  properties: {
    price: { type: ["number", "string"], pattern: "^-?[0-9]+([.][0-9]+)?$" },
    at: { type: "string", format: "date-time" },
    products: { type: "array", items: { type: "object" } },
    id: { $ref: "#/$defs/id" },
  },
  required: ["price", "elsewhere"],
};

test("a schema goes through the form unchanged, also what the form does not show", () => {
  expect(readFields(SCHEMA).map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ["price", "numeric", true],
    ["at", "time", false],
    ["products", "list", false],
    ["id", "custom", false],
  ]);
  const written = writeFields(SCHEMA, readFields(SCHEMA));
  expect({ ...written, required: [...(written.required as string[])].sort() }).toEqual({
    ...SCHEMA,
    required: ["elsewhere", "price"],
  });
});

test("a changed field changes only itself", () => {
  const fields = readFields(SCHEMA).map((field) =>
    field.name === "at" ? { ...field, kind: "integer" as const, isRequired: true } : field,
  );
  const written = writeFields(SCHEMA, fields);
  expect(written.properties).toEqual({ ...SCHEMA.properties, at: { type: "integer" } });
  expect(written.required).toEqual(["elsewhere", "price", "at"]);
  expect(writeFields(SCHEMA, []).required).toEqual(["elsewhere"]);
});
