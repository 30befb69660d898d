import type { JsonSchema } from "../../../../server/src/plan/contracts.ts";

export const KINDS = [
  "any",
  "text",
  "id",
  "number",
  "integer",
  "numeric",
  "boolean",
  "time",
  "list",
  "object",
] as const;
/** What the form can say of a property; `custom` is whatever else the JSON says, and is kept as it is. */
export type Kind = (typeof KINDS)[number] | "custom";

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly isRequired: boolean;
  readonly schema: unknown;
}

const NUMERIC = { type: ["number", "string"], pattern: "^-?[0-9]+([.][0-9]+)?$" };
const SCHEMAS: Readonly<Record<(typeof KINDS)[number], JsonSchema>> = {
  any: {},
  text: { type: "string" },
  id: { type: ["string", "number"] },
  number: { type: "number" },
  integer: { type: "integer" },
  numeric: NUMERIC,
  boolean: { type: "boolean" },
  time: { type: "string", format: "date-time" },
  list: { type: "array" },
  object: { type: "object" },
};

export function readFields(schema: JsonSchema): Field[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, of]) => ({
    name,
    kind: kindOf(of),
    isRequired: required.has(name),
    schema: of,
  }));
}

/** The schema with these fields; everything that the form does not show stays. */
export function writeFields(schema: JsonSchema, fields: readonly Field[]): JsonSchema {
  const shown = new Set(readFields(schema).map(({ name }) => name));
  const kept = Array.isArray(schema.required) ? schema.required.filter((name) => !shown.has(String(name))) : [];
  const required = [...kept, ...fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)];
  const { required: _, ...rest } = schema;
  return {
    type: "object",
    ...rest,
    properties: Object.fromEntries(
      fields.map(({ name, kind, schema: of }) => [name, kind === "custom" ? of : schemaOf(kind, of)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** A list or an object keeps what the JSON says of its inside. */
function schemaOf(kind: (typeof KINDS)[number], of: unknown): unknown {
  return kindOf(of) === kind ? of : SCHEMAS[kind];
}

function kindOf(of: unknown): Kind {
  if (!isObject(of)) return "custom";
  const { type } = of;
  if (type === "array") return "list";
  if (type === "object") return "object";
  const text = JSON.stringify(of);
  return KINDS.find((kind) => JSON.stringify(SCHEMAS[kind]) === text) ?? "custom";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
