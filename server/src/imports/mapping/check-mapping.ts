import { CHANNELS } from "../../collect/contracts.ts";
import type { FieldError } from "../../platform/errors.ts";
import type { ColumnRule, ImportKind, ImportOptions } from "../contracts.ts";
import { isZone } from "../values/read-moment.ts";
import { parseField } from "./field-names.ts";

const WHO = ["user_id", "loyalty_id", "email", "phone", "anonymous_id"];
const CONSENT_CHANNELS = new Set<string>(CHANNELS);

/** What has to be mended before a file can be read by this mapping; empty when it can be used. */
export function checkMapping(kind: ImportKind, columns: readonly ColumnRule[], options: ImportOptions): FieldError[] {
  const errors: FieldError[] = [];
  const fields = new Set<string>();
  columns.forEach(({ field }, i) => {
    const parsed = parseField(kind, field);
    const path = `columns.${i}.field`;
    if (!parsed) errors.push({ path, message: `a file of ${kind} has no field ${field}` });
    else if (parsed.prefix === "consent" && !CONSENT_CHANNELS.has(parsed.path[0] ?? ""))
      errors.push({ path, message: `there is no channel ${parsed.path[0]}` });
    else if (parsed.prefix !== null && fields.has(field)) errors.push({ path, message: `${field} is taken twice` });
    else if ([...fields].some((other) => other.startsWith(`${field}.`) || field.startsWith(`${other}.`)))
      errors.push({ path, message: `${field} lies inside another field, or holds one` });
    fields.add(field);
  });
  if (!isZone(options.zone)) errors.push({ path: "options.zone", message: "no IANA time zone" });
  const need = (isThere: boolean, path: string, message: string) => {
    if (!isThere) errors.push({ path, message });
  };
  const has = (...names: string[]) => names.some((name) => fields.has(name));
  if (kind === "people") {
    need(has(...WHO), "columns", "one column must say who it is: user_id, loyalty_id, email, phone or anonymous_id");
    const hasConsent = [...fields].some((field) => field.startsWith("consent:"));
    need(
      !hasConsent || has("consent_at", "time") || options.consent_at !== undefined,
      "options.consent_at",
      "consent needs its time: a column (consent_at or time) or one date for all",
    );
  }
  if (kind === "events") {
    need(has(...WHO), "columns", "one column must say who did it: user_id, loyalty_id, email, phone or anonymous_id");
    need(has("event", "type") || options.event !== undefined, "columns", "a column or the option must name the event");
    need(has("time"), "columns", "a column must say when it happened");
  }
  if (kind === "orders") {
    need(has("order_id"), "columns", "a column must hold the order's number");
    need(has("time"), "columns", "a column must say when it was ordered");
    need(
      has("currency") || options.currency !== undefined,
      "options.currency",
      "a column or the option must name the currency",
    );
    need(
      has("revenue", "total", "subtotal", "price", "line_total", "products", "refund_amount"),
      "columns",
      "a column must hold an amount: total, revenue, subtotal, price or line_total",
    );
  }
  return errors;
}
