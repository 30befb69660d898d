import type { FieldError } from "../platform/errors.ts";
import { isJsonObject } from "../platform/json.ts";

const MOST_BYTES = 32 * 1024;
const MOST_DEPTH = 24;
/** Parts of a schema with every reference written out: what one check may cost. */
const MOST_PARTS = 5_000;
/** Words that look elsewhere, change what words mean, or cost more than the event is long. */
const REFUSED: Readonly<Record<string, string>> = {
  $id: "a plan is one schema without an address",
  $anchor: "refer to `#/$defs/…`",
  $dynamicRef: "refer to `#/$defs/…`",
  $dynamicAnchor: "refer to `#/$defs/…`",
  $recursiveRef: "refer to `#/$defs/…`",
  $recursiveAnchor: "refer to `#/$defs/…`",
  $vocabulary: "draft 2020-12 is the only one",
  $async: "checks are made at once",
  uniqueItems: "it costs the square of the list's length",
};
const DRAFT = "https://json-schema.org/draft/2020-12/schema";
const OWN_DEFINITION = /^#\/\$defs\/[^/~%]+$/;
/** Their values are data, not schemas. */
const DATA = new Set(["const", "enum", "default", "examples", "required", "dependentRequired"]);
/** Their keys are names, not words of JSON Schema. */
const NAMES = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** What makes a schema unfit to be checked at the door, whatever it says: size, depth, references, cost. */
export function boundsOf(schema: Readonly<Record<string, unknown>>): FieldError[] {
  if (JSON.stringify(schema).length > MOST_BYTES) return [{ path: "schema", message: "is larger than 32 kB" }];
  const errors: FieldError[] = [];
  const definitions = isJsonObject(schema.$defs) ? schema.$defs : {};
  const costs = new Map<string, number>();

  const costOfDefinition = (name: string, path: string, open: readonly string[]): number => {
    if (open.includes(name)) {
      errors.push({ path, message: "goes round in a circle" });
      return 0;
    }
    const known = costs.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(definitions, name)) {
      errors.push({ path, message: "names nothing in `$defs`" });
      return 0;
    }
    const cost = costOf(definitions[name], `schema.$defs.${name}`, 1, [...open, name]);
    costs.set(name, cost);
    return cost;
  };

  const costOf = (part: unknown, path: string, depth: number, open: readonly string[]): number => {
    if (errors.length > 20) return 0;
    if (typeof part !== "object" || part === null) return 1;
    if (depth > MOST_DEPTH) {
      errors.push({ path, message: `is nested more than ${MOST_DEPTH} levels deep` });
      return 0;
    }
    if (Array.isArray(part)) {
      return part.reduce<number>((sum, item, i) => sum + costOf(item, `${path}.${i}`, depth + 1, open), 1);
    }
    let cost = 1;
    for (const [word, value] of Object.entries(part)) {
      const here = `${path}.${word}`;
      if (word === "$defs" && path === "schema") continue;
      if (Object.hasOwn(REFUSED, word)) errors.push({ path: here, message: `is not taken: ${REFUSED[word]}` });
      else if (word === "$schema") {
        if (value !== DRAFT) errors.push({ path: here, message: `must be ${DRAFT}` });
      } else if (word === "$ref") {
        if (typeof value !== "string" || !OWN_DEFINITION.test(value)) {
          errors.push({ path: here, message: "may only be `#/$defs/…` of this schema" });
        } else cost += costOfDefinition(value.slice("#/$defs/".length), here, open);
      } else if (DATA.has(word)) cost += 1;
      else if (NAMES.has(word) && isJsonObject(value)) {
        for (const [name, child] of Object.entries(value)) cost += costOf(child, `${here}.${name}`, depth + 1, open);
      } else cost += costOf(value, here, depth + 1, open);
    }
    return cost;
  };

  let cost = costOf(schema, "schema", 0, []);
  for (const name of Object.keys(definitions)) cost += costOfDefinition(name, `schema.$defs.${name}`, []);
  if (errors.length === 0 && cost > MOST_PARTS) {
    errors.push({ path: "schema", message: `has more than ${MOST_PARTS} parts with its references written out` });
  }
  return errors;
}
