import { normaliseEmail, normalisePhone } from "../../identity/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import type { ColumnRule, DateStyle, ImportKind, ImportOptions, PreviewView, ValueType } from "../contracts.ts";
import { readDecimal } from "../values/read-decimal.ts";
import { readFlag } from "../values/read-flag.ts";
import { createMomentReader } from "../values/read-moment.ts";
import { foldHeader, HEADERS } from "./header-names.ts";

/** A column with its first values that are not empty. */
export interface Column {
  readonly name: string;
  readonly values: readonly Json[];
}

type Found = PreviewView["found"][number]["type"];

/** Exports of Segment's form keep properties, traits and context in objects of these names; they are taken whole. */
const ENVELOPE: Readonly<Record<string, string>> = {
  properties: "property:*",
  traits: "trait:*",
  context: "context:*",
};
export const WHOLE_OF_EVENTS: ReadonlySet<string> = new Set(Object.keys(ENVELOPE));
const NOTHING_OF_A_PERSON =
  /^(context|traits|properties|integrations)(\.|$)|^(sentAt|receivedAt|originalTimestamp|version|writeKey)$/;

const PREFIX: Readonly<Record<ImportKind, string>> = { people: "trait", events: "property", orders: "property" };

/** What a header says the file is; people when it says nothing of orders or events. */
export function guessKind(columns: readonly Column[]): ImportKind {
  const fields = (kind: ImportKind) =>
    new Set(columns.flatMap(({ name }) => HEADERS[kind].get(foldHeader(name)) ?? []));
  const order = fields("orders");
  const hasAmount = ["total", "price", "revenue", "line_total", "subtotal"].some((field) => order.has(field));
  if (order.has("order_id") && hasAmount && (order.has("time") || order.has("quantity"))) return "orders";
  const event = fields("events");
  return event.has("event") && event.has("time") ? "events" : "people";
}

/** The columns of an object by dotted path; lists and deep things are one value. */
export function flatten(
  object: JsonObject,
  whole: ReadonlySet<string>,
  before = "",
  into = new Map<string, Json>(),
): Map<string, Json> {
  for (const [key, value] of Object.entries(object)) {
    const path = before === "" ? key : `${before}.${key}`;
    if (isJsonObject(value) && !whole.has(path) && path.split(".").length < 4 && Object.keys(value).length > 0)
      flatten(value, whole, path, into);
    else into.set(path, value);
    if (into.size >= 500) break;
  }
  return into;
}

export function typeOf({ values }: Column, options: Pick<ImportOptions, "decimal" | "date" | "zone">): Found {
  if (values.length === 0) return "empty";
  const all = (test: (value: Json) => boolean) => values.every(test);
  if (all((value) => Array.isArray(value))) return values.some(holdsObject) ? "object" : "list";
  if (all((value) => typeof value === "object")) return "object";
  if (all((value) => typeof value === "number")) return "number";
  if (all((value) => typeof value === "boolean")) return "boolean";
  const texts = values.map(String);
  if (texts.every((text) => normaliseEmail(text) !== null)) return "email";
  if (texts.every((text) => /^[+(]/.test(text) && normalisePhone(text) !== null)) return "phone";
  // Numbers that begin with 0 are codes: a postal code, a telephone number.
  if (texts.every((text) => text.length < 16 && !/^-?0\d/.test(text) && readDecimal(text, options.decimal) !== null))
    return "number";
  if (texts.every((text) => readFlag(text) !== null)) return "boolean";
  const moments = createMomentReader(options.zone, options.date);
  if (texts.every((text) => /\d[-/.]\d/.test(text) && moments.readDate(text) !== null)) return "date";
  return "text";
}

function holdsObject(value: Json): boolean {
  return Array.isArray(value) && value.some((item: Json) => isJsonObject(item));
}

/** Decimal sign and way of writing dates, as the values themselves show them. */
export function guessOptions(columns: readonly Column[]): Pick<ImportOptions, "decimal" | "date"> {
  const texts = columns.flatMap(({ values }) => values.filter((value) => typeof value === "string"));
  const comma = texts.filter((text) => /^[^\d]{0,4}-?\d{1,3}(\.\d{3})*,\d{1,2}\D{0,4}$/.test(text.trim())).length;
  const point = texts.filter((text) => /^[^\d]{0,4}-?\d{1,3}(,\d{3})*\.\d{1,2}\D{0,4}$/.test(text.trim())).length;
  return { decimal: comma > point ? "," : ".", date: guessDates(texts) };
}

function guessDates(texts: readonly string[]): DateStyle {
  let isMonthFirst = false;
  for (const text of texts) {
    const match = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b/.exec(text.trim());
    if (!match) continue;
    if (Number(match[1]) > 12) return "dmy";
    if (Number(match[2]) > 12) isMonthFirst = true;
  }
  return isMonthFirst ? "mdy" : "auto";
}

/** A field for every column: by its header, else a trait or property of the column's own name. */
export function suggestColumns(
  kind: ImportKind,
  columns: readonly Column[],
  options: Pick<ImportOptions, "decimal" | "date" | "zone">,
): ColumnRule[] {
  const taken = new Set<string>();
  return columns.flatMap((column) => {
    const type = typeOf(column, options);
    if (type === "empty") return [];
    const known = fieldOf(kind, column, type);
    if (known !== null && !taken.has(known)) {
      taken.add(known);
      return [rule(column.name, known, known.startsWith("trait:") ? type : "text")];
    }
    const own = `${PREFIX[kind]}:${pathOf(column.name)}`;
    if (taken.has(own) || own.endsWith(":") || NOTHING_OF_A_PERSON.test(column.name)) return [];
    taken.add(own);
    return [rule(column.name, own, type)];
  });
}

function fieldOf(kind: ImportKind, { name }: Column, type: Found): string | null {
  if (kind === "events" && type === "object" && Object.hasOwn(ENVELOPE, name)) return ENVELOPE[name] ?? null;
  const trait = kind === "people" ? /^traits\.(.+)$/.exec(name)?.[1] : undefined;
  if (trait !== undefined) return HEADERS.people.get(foldHeader(trait)) ?? `trait:${trait}`;
  if (kind === "orders" && type === "object" && /products|items|lines/i.test(name)) return "products";
  const found = HEADERS[kind].get(foldHeader(name));
  return found ?? (type === "email" ? "email" : null);
}

function rule(column: string, field: string, type: Found): ColumnRule {
  const read: ValueType | null =
    type === "number" || type === "boolean" || type === "date" || type === "list" ? type : null;
  return { column, field, ...(read === null ? {} : { type: read }) };
}

/** A name usable as a path of traits and properties. */
function pathOf(name: string): string {
  return name.includes(".") && /^[\w.]+$/.test(name) ? name : foldHeader(name);
}
