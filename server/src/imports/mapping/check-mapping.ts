import { CHANNELS } from "../../collect/contracts.ts";
import { isZone } from "../../platform/time-zone.ts";
import type { ColumnRule, ImportKind, ImportOptions } from "../contracts.ts";
import { parseField } from "./field-names.ts";

const WHO = ["user_id", "loyalty_id", "email", "phone", "anonymous_id"];
const CONSENT_CHANNELS = new Set<string>(CHANNELS);

/** Something to mend in a mapping; `code` lets screens say it in their own language. */
export interface MappingFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What has to be mended before a file can be read by this mapping; empty when it can be used. */
export function checkMapping(kind: ImportKind, columns: readonly ColumnRule[], options: ImportOptions): MappingFault[] {
  const errors: MappingFault[] = [];
  const fields = new Set<string>();
  columns.forEach(({ field }, i) => {
    const parsed = parseField(kind, field);
    const path = `columns.${i}.field`;
    if (!parsed) errors.push({ path, code: "unknown_field", message: `a file of ${kind} has no field ${field}` });
    else if (parsed.prefix === "consent" && !CONSENT_CHANNELS.has(parsed.path[0] ?? ""))
      errors.push({ path, code: "unknown_channel", message: `there is no channel ${parsed.path[0]}` });
    else if (parsed.prefix !== null && fields.has(field))
      errors.push({ path, code: "twice", message: `${field} is taken twice` });
    else if ([...fields].some((other) => other.startsWith(`${field}.`) || field.startsWith(`${other}.`)))
      errors.push({ path, code: "overlaps", message: `${field} lies inside another field, or holds one` });
    fields.add(field);
  });
  if (!isZone(options.zone)) errors.push({ path: "options.zone", code: "zone", message: "no IANA time zone" });
  const need = (isThere: boolean, code: string, path: string, message: string) => {
    if (!isThere) errors.push({ path, code, message });
  };
  const has = (...names: string[]) => names.some((name) => fields.has(name));
  if (kind === "people") {
    need(
      has(...WHO),
      "who",
      "columns",
      "one column must say who it is: user_id, loyalty_id, email, phone or anonymous_id",
    );
    const hasConsent = [...fields].some((field) => field.startsWith("consent:"));
    need(
      !hasConsent || has("consent_at", "time") || options.consent_at !== undefined,
      "consent_time",
      "options.consent_at",
      "consent needs its time: a column (consent_at or time) or one date for all",
    );
  }
  if (kind === "events") {
    need(
      has(...WHO),
      "who",
      "columns",
      "one column must say who did it: user_id, loyalty_id, email, phone or anonymous_id",
    );
    need(
      has("event", "type") || options.event !== undefined,
      "event_name",
      "columns",
      "a column or the option must name the event",
    );
    need(has("time"), "time", "columns", "a column must say when it happened");
  }
  if (kind === "orders") {
    need(has("order_id"), "order_id", "columns", "a column must hold the order's number");
    need(has("time"), "time", "columns", "a column must say when it was ordered");
    need(
      has("currency") || options.currency !== undefined,
      "currency",
      "options.currency",
      "a column or the option must name the currency",
    );
    need(
      has("revenue", "total", "subtotal", "price", "line_total", "products", "refund_amount"),
      "amount",
      "columns",
      "a column must hold an amount: total, revenue, subtotal, price or line_total",
    );
  }
  return errors;
}
