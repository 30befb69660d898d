import { isCurrency, minorDigits, toMinor } from "../../platform/money.ts";
import type { Dimensions, ProductColumn, ProductImportOptions } from "../contracts.ts";
import { toGtin14 } from "../gtin.ts";
import { asText } from "./as-text.ts";
import type { SourceRow } from "./deps.ts";
import type { ProblemCode } from "./problems.ts";

/** A row as the catalogue takes it. What is absent changes nothing of a product that is known. */
export interface ProductRow {
  readonly number: number;
  readonly group: string | null;
  readonly sku: string | null;
  readonly gtin: string | null;
  readonly title: string | null;
  readonly titles: Readonly<Record<string, string>>;
  readonly description: string | null;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly brand: string | null;
  /** From the top down. */
  readonly category: readonly string[];
  readonly url: string | null;
  readonly materials: readonly string[];
  readonly size: string | null;
  readonly color: string | null;
  readonly colorHex: string | null;
  readonly price: { readonly amount: number; readonly was: number | null; readonly currency: string } | null;
  readonly dimensions: Dimensions | null;
  readonly images: readonly string[];
  readonly variantImage: string | null;
}

export interface RowProblem {
  readonly row: number;
  readonly column: string | null;
  readonly code: ProblemCode;
  readonly value: string;
  /** The row that this one repeats otherwise. */
  readonly first_row?: number | null;
}

export type ReadRow = { readonly ok: ProductRow } | { readonly problem: RowProblem };

const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000, in: 25.4, inch: 25.4 };
const GRAMS: Readonly<Record<string, number>> = { g: 1, gr: 1, kg: 1000, lb: 453.592, oz: 28.3495 };
const SIZE_NAMES = ["size", "beden", "ukuran", "numara", "größe", "taille"];
const COLOR_NAMES = ["color", "colour", "renk", "warna", "farbe"];

class Wrong extends Error {
  readonly code: ProblemCode;
  readonly field: string;
  readonly value: string;
  constructor(code: ProblemCode, field: string, value: string) {
    super(code);
    this.code = code;
    this.field = field;
    this.value = value;
  }
}

/** Reads a row by its mapping; what is wrong with it costs the row and names the column. */
export function convertRow(row: SourceRow, columns: readonly ProductColumn[], options: ProductImportOptions): ReadRow {
  if (row.cells === null) return { problem: { row: row.number, column: null, code: "unreadable", value: "" } };
  const { cells } = row;
  const columnOf = (field: string) => columns.find((one) => one.field === field)?.column;
  const get = (field: string, most: number): string | null => {
    const text = (cells.get(columnOf(field) ?? "") ?? "").trim().toWellFormed().replaceAll("\0", "");
    if (text.length > most) throw new Wrong("too_long", field, text);
    return text === "" ? null : text;
  };
  try {
    const options_ = optionsOf(cells, columns);
    const sale = get("sale_price", 60);
    const group = get("group", 200);
    const size = get("size", 60) ?? options_.size;
    const color = get("color", 60) ?? options_.color;
    const price = readPrice(get("price", 60), sale, get("was", 60), get("currency", 10), options);
    return {
      ok: {
        number: row.number,
        group,
        sku: get("sku", 100) ?? skuOf(group, [size, color], price !== null),
        gtin: readGtin(get("gtin", 60)),
        title: get("title", 500),
        titles: inLanguages("title", 2000),
        description: asText(get("description", 200_000)),
        descriptions: inLanguages("description", 20_000),
        brand: get("brand", 200),
        category: (get("category", 750) ?? "")
          .split(/\s*[>/›]\s*/)
          .map((part) => part.trim())
          .filter(Boolean)
          .slice(0, 8),
        url: readUrl("url", get("url", 2000)),
        materials: (get("material", 500) ?? "")
          .split(/[/,;]/)
          .map((part) => part.trim())
          .filter(Boolean)
          .slice(0, 30),
        size,
        color,
        colorHex: readHex(get("color_hex", 20)),
        price,
        dimensions: readDimensions(),
        images: readImages(),
        variantImage: readUrl("variant_image", get("variant_image", 2000)),
      },
    };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const column = columnOf(error.field) ?? null;
    return { problem: { row: row.number, column, code: error.code, value: error.value.slice(0, 200) } };
  }

  function inLanguages(base: string, most: number): Record<string, string> {
    return Object.fromEntries(
      columns.flatMap(({ field }) => {
        const text = field.startsWith(`${base}:`) ? get(field, most) : null;
        return text === null
          ? []
          : [[field.slice(base.length + 1), base === "description" ? (asText(text) ?? "") : text]];
      }),
    );
  }

  function readDimensions(): Dimensions | null {
    const found = {
      ...measure("width_mm", "width", MM, options.length_unit),
      ...measure("height_mm", "height", MM, options.length_unit),
      ...measure("depth_mm", "depth", MM, options.length_unit),
      ...measure("weight_g", "weight", GRAMS, /grams/i.test(columnOf("weight") ?? "") ? "g" : options.weight_unit),
    };
    return Object.values(found).some((value) => value > 0) ? found : null;
  }

  function measure(key: string, field: string, units: Readonly<Record<string, number>>, unit: string) {
    const text = get(field, 60);
    if (text === null) return {};
    const [, number = "", told = ""] = /^([\d.,]+)\s*([a-z]*)$/i.exec(text) ?? [];
    const factor = units[(told || unit).toLowerCase()];
    const value = Number(number.replace(",", "."));
    if (factor === undefined || number === "" || !Number.isFinite(value) || value * factor > 10_000_000)
      throw new Wrong("bad_measure", field, text);
    return { [key]: Math.round(value * factor) };
  }

  function readImages(): string[] {
    const listed = [get("image", 2000), ...(get("images", 20_000) ?? "").split(/[,\s|]+(?=https?:)/)];
    return listed.flatMap((text) => {
      const url = readUrl("image", text?.trim() || null);
      return url === null ? [] : [url];
    });
  }
}

function readGtin(text: string | null): string | null {
  if (text === null) return null;
  // A spreadsheet's apostrophe says that it is text.
  const gtin = toGtin14(text.replace(/^'/, ""));
  if (gtin === null) throw new Wrong("bad_gtin", "gtin", text);
  return gtin;
}

function readUrl(field: string, text: string | null): string | null {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.href.length > 2000)
    throw new Wrong("bad_url", field, text);
  return url.href;
}

function readHex(text: string | null): string | null {
  if (text === null) return null;
  const [, hex] = /^#?([0-9a-f]{6})$/i.exec(text) ?? [];
  if (hex === undefined) throw new Wrong("bad_color", "color_hex", text);
  return `#${hex.toLowerCase()}`;
}

function readPrice(
  text: string | null,
  sale: string | null,
  before: string | null,
  told: string | null,
  options: ProductImportOptions,
): ProductRow["price"] {
  if (text === null) return null;
  const whole = readAmount("price", text, told, options);
  const reduced = sale === null ? null : readAmount("sale_price", sale, told, options);
  if (reduced && reduced.currency !== whole.currency) throw new Wrong("two_currencies", "sale_price", sale ?? "");
  const now = reduced && reduced.amount < whole.amount ? reduced : whole;
  const was = now === reduced ? whole.amount : before === null ? null : readAmount("was", before, told, options).amount;
  return { amount: now.amount, currency: now.currency, was: was !== null && was > now.amount ? was : null };
}

function readAmount(field: string, text: string, told: string | null, options: ProductImportOptions) {
  const [, before = "", number = "", after = ""] =
    /^([A-Za-z]{3})?\s*([-\d.,'\s]+?)\s*([A-Za-z]{3})?$/.exec(text.trim()) ?? [];
  const currency = (after || before || told || options.currency).toUpperCase();
  const isTold = before === "" && after === "" && told !== null;
  if (!isCurrency(currency)) throw new Wrong("bad_currency", isTold ? "currency" : field, isTold ? told : text);
  const [sign, group] = options.decimal === "," ? [",", /[.\s']/] : [".", /[,\s']/];
  const [whole = "", ...rest] = number.split(sign);
  const thousands = whole.split(group);
  // Where the point was chosen, 19,00 is not 1900 and 1.500,00 not 1.50.
  const isOther = (thousands.length > 1 && thousands.at(-1)?.length !== 3) || rest.some((part) => group.test(part));
  if (isOther) throw new Wrong("other_decimal", field, text);
  const plain = [thousands.join(""), ...rest].join(".");
  const decimals = rest[0]?.replace(/0+$/, "").length ?? 0;
  const amount = toMinor(plain, currency);
  if (amount === null || amount < 0) throw new Wrong("bad_price", field, text);
  // What is finer than the currency was worked out by somebody's floating point.
  if (decimals > minorDigits(currency)) throw new Wrong("price_too_fine", field, text);
  return { amount, currency };
}

/** Shopify tells what an option is in one cell and its value in the next; one that is neither size nor colour is a size. */
function optionsOf(cells: ReadonlyMap<string, string>, columns: readonly ProductColumn[]) {
  const of = (field: string) => columns.flatMap((one) => (one.field === field ? [cells.get(one.column) ?? ""] : []));
  const names = of("option_name");
  let size: string | null = null;
  let color: string | null = null;
  for (const [i, value] of of("option_value").entries()) {
    const name = (names[i] ?? "").trim().toLowerCase();
    const text = value.trim().slice(0, 60);
    if (text === "" || text === "Default Title") continue;
    if (COLOR_NAMES.includes(name)) color ??= text;
    else if (SIZE_NAMES.includes(name) || size === null) size = SIZE_NAMES.includes(name) ? text : (size ?? text);
  }
  return { size, color };
}

/** Shops without codes have handles and options; together they tell variants apart, the same at every import. */
function skuOf(group: string | null, parts: readonly (string | null)[], isVariant: boolean): string | null {
  if (group === null || !isVariant) return null;
  return [group, ...parts.flatMap((part) => (part === null ? [] : [part]))].join("-").slice(0, 100);
}
