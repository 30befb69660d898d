import { z } from "zod";

import { CHANNELS } from "../collect/contracts.ts";
import { currencyCode } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

export const IMPORT_KINDS = ["people", "events", "orders"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1254", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITER_CHOICES = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITER_CHOICES)[number];
export const DATE_STYLES = ["auto", "iso", "dmy", "mdy", "ymd", "epoch_s", "epoch_ms"] as const;
export type DateStyle = (typeof DATE_STYLES)[number];
export const VALUE_TYPES = ["text", "number", "boolean", "date", "list"] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** A piece of an upload: small enough to be sent again when the connection breaks. */
export const UPLOAD_CHUNK_BYTES = 8 * 1024 * 1024;

const fileFormat = z.object({
  type: z.enum(["csv", "jsonl"]),
  encoding: z.enum(ENCODINGS),
  /** Bytes of its byte order mark. */
  bom: z.int(),
  gzip: z.boolean(),
  newline: z.enum(["\n", "\r"]),
  delimiter: z.enum(DELIMITER_CHOICES),
});
export type FileFormat = z.infer<typeof fileFormat>;

const columnRule = z.strictObject({
  /** The column's name in the header; in JSON lines a dotted path. */
  column: z.string().min(1).max(300),
  /** What it is: `email`, `order_id`, `trait:address.city`, `consent:email:marketing`, `property:colour` … */
  field: z.string().min(1).max(300),
  /** How its value is read where the field itself does not say; text in CSV, as it is in JSON lines. */
  type: z.enum(VALUE_TYPES).optional(),
  /** Between the items of a list; `,` unless told. */
  separator: z.string().min(1).max(5).optional(),
});
export type ColumnRule = z.infer<typeof columnRule>;

const givenOptions = z.strictObject({
  /** Folded and counted, but starting no journey, sending nothing, moving no stock. */
  historical: z.boolean(),
  /** Of times that name no offset. */
  zone: z.string().max(60),
  /** The decimal sign of numbers. */
  decimal: z.enum([".", ","]),
  date: z.enum(DATE_STYLES),
  /** Of orders whose row names none. */
  currency: currencyCode.optional(),
  /** Whether amounts are decimals (12.99) or minor units (1299). */
  amounts: z.enum(["major", "minor"]),
  /** Where it happened, for rows that do not say. */
  channel: z.enum(CHANNELS).optional(),
  /** The event's name, for events without a column that names them. */
  event: z.string().min(1).max(250).optional(),
  /** When consent was given or taken back, for rows that do not say. */
  consent_at: z.iso.datetime({ offset: true }).optional(),
  /** Put before telephone numbers that name no country, such as `+90`. */
  phone_prefix: z
    .string()
    .regex(/^\+[1-9]\d{0,3}$/, "a plus and one to four digits")
    .optional(),
  encoding: z.enum(["auto", ...ENCODINGS]),
  delimiter: z.enum(["auto", ...DELIMITER_CHOICES]),
});

const { historical, zone, decimal, date, amounts, encoding, delimiter } = givenOptions.shape;
export const importOptions = givenOptions.extend({
  historical: historical.default(true),
  zone: zone.default("UTC"),
  decimal: decimal.default("."),
  date: date.default("auto"),
  amounts: amounts.default("major"),
  encoding: encoding.default("auto"),
  delimiter: delimiter.default("auto"),
});
export type ImportOptions = z.infer<typeof importOptions>;

const columns = z.array(columnRule).min(1).max(500);

export const importBody = z.strictObject({
  file: z.uuid(),
  kind: z.enum(IMPORT_KINDS),
  columns,
  options: importOptions.prefault({}),
});
export type ImportBody = z.infer<typeof importBody>;

export const previewBody = z.strictObject({
  file: z.uuid(),
  /** Guessed from the header when absent. */
  kind: z.enum(IMPORT_KINDS).optional(),
  /** What was suggested is tried when absent. */
  columns: columns.optional(),
  /** What is not told is guessed: here nothing stands in for it. */
  options: givenOptions.partial().optional(),
  /** How many rows are tried. */
  rows: z.int().min(1).max(10_000).default(1_000),
});
export type PreviewBody = z.infer<typeof previewBody>;

const problem = z.object({ row: z.int(), column: z.string().nullable(), code: z.string(), message: z.string() });
export type ProblemView = z.infer<typeof problem>;
const reason = z.object({ code: z.string(), column: z.string().nullable(), message: z.string(), count: z.int() });

export const previewView = z.object({
  kind: z.enum(IMPORT_KINDS),
  format: fileFormat,
  /** What a column of such a file may be; a prefix goes before a name of one's own, `trait:city`. */
  fields: z.array(z.string()),
  prefixes: z.array(z.string()),
  found: z.array(
    z.object({
      name: z.string(),
      /** What its first values look like. */
      type: z.enum([...VALUE_TYPES, "email", "phone", "object", "empty"]),
      samples: z.array(z.string()),
    }),
  ),
  suggested: z.object({ columns: z.array(columnRule), options: importOptions }),
  /** What is missing before this mapping can be used. */
  missing: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  tried: z.object({
    rows: z.int(),
    /** People, events or orders that would be taken. */
    taken: z.int(),
    rejected: z.int(),
    reasons: z.array(reason),
    /** Whether the file has no further rows. */
    whole: z.boolean(),
  }),
  examples: z.array(z.object({ row: z.int(), events: z.array(z.record(z.string(), z.unknown())) })),
  problems: z.array(problem),
});
export type PreviewView = z.infer<typeof previewView>;

export const uploadBody = z.strictObject({
  name: z.string().min(1).max(200),
  bytes: z.int().min(1),
  /** SHA-256 of the whole file in hex; checked when the last byte is there. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 hex digits")
    .optional(),
});
export type UploadBody = z.infer<typeof uploadBody>;

export const uploadView = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  /** How much of it is here: the next chunk begins there. */
  offset: z.int(),
  chunk_bytes: z.int(),
});
export type UploadView = z.infer<typeof uploadView>;

export const chunkQuery = z.object({ offset: z.coerce.number().int().min(0) });

export const IMPORT_STATES = ["waiting", "running", "done", "failed", "cancelled"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const importView = z.object({
  id: z.string(),
  file: z.object({ id: z.string(), name: z.string(), bytes: z.int() }),
  kind: z.enum(IMPORT_KINDS),
  state: z.enum(IMPORT_STATES),
  /** Why it failed. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  bytes_done: z.int(),
  rows: z.int(),
  /** About how many rows the file has; exact once it is done. */
  rows_estimate: z.int().nullable(),
  accepted: z.int(),
  /** Imported before, word for word. */
  repeated: z.int(),
  /** Imported before with other content; what was taken in first stays. */
  changed: z.int(),
  rejected: z.int(),
  events: z.int(),
  rows_per_s: z.number().nullable(),
  reasons: z.array(reason),
  columns: z.array(columnRule),
  options: importOptions,
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importDetail = importView.extend({ problems: z.array(problem) });
export type ImportDetail = z.infer<typeof importDetail>;

export const importPage = pageOf(importView);
export const importQuery = pageQuery.extend({ state: z.enum(IMPORT_STATES).optional() });
export type ImportQuery = z.infer<typeof importQuery>;
export const idParams = z.object({ id: z.uuid() });

const WHO = ["user_id", "loyalty_id", "email", "phone", "anonymous_id"] as const;
/** What a column may be, by kind of file. */
export const FIELDS = {
  people: [...WHO, "time", "consent_at", "consent_source", "consent_wording"],
  events: [...WHO, "id", "event", "type", "time", "channel", "touchpoint"],
  orders: [
    "order_id",
    "time",
    ...WHO,
    "currency",
    "channel",
    "store_id",
    "status",
    "revenue",
    "total",
    "subtotal",
    "shipping",
    "tax",
    "discount",
    "coupon",
    "refund_id",
    "refund_amount",
    "product_id",
    "sku",
    "product_name",
    "category",
    "brand",
    "variant",
    "size",
    "color",
    "quantity",
    "price",
    "line_total",
    "products",
  ],
} as const satisfies Record<ImportKind, readonly string[]>;
/** What stands before a name of one's own, by kind of file. */
export const PREFIXES = {
  people: ["trait", "consent"],
  events: ["property", "context", "trait"],
  orders: ["property", "product", "trait"],
} as const satisfies Record<ImportKind, readonly string[]>;
