import type { Json, JsonObject } from "../../platform/json.ts";
import { minorDigits } from "../../platform/money.ts";
import { displayName, type Profile } from "../../profiles/index.ts";
import type { HeldIdentifier } from "../jobs/job-deps.ts";
import { valuesAt } from "../predicates/values.ts";

/** One member as the columns ask for her. */
export interface ExportedPerson {
  readonly profile: Profile;
  readonly enteredAt: string;
  readonly identifiers: readonly HeldIdentifier[];
}

/** What stands in a column for somebody; several values are joined by `; `. */
export function cellOf(column: string, { profile, enteredAt, identifiers }: ExportedPerson): string {
  const colon = column.indexOf(":");
  const name = column.slice(colon + 1);
  switch (colon < 0 ? column : column.slice(0, colon)) {
    case "profile_id":
      return profile.id;
    case "name":
      return displayName(profile.traits) ?? "";
    case "entered_at":
      return enteredAt;
    case "first_seen":
      return profile.first_seen;
    case "last_seen":
      return profile.last_seen;
    case "identifier":
      return identifiers
        .filter((one) => one.type === name)
        .map((one) => one.value)
        .join("; ");
    case "trait":
      return textOf(valuesAt(profile.traits, name));
    case "consent":
      return profile.consent[name]?.marketing?.state ?? "unknown";
    default:
      return computedOf(profile, name);
  }
}

/** Money as the decimal that people write: 1299 EUR is 12.99. */
function computedOf({ computed }: Profile, name: string): string {
  if (name !== "revenue") return textOf(valuesAt(computed as unknown as JsonObject, name));
  if (computed.currency === null) return "";
  const digits = minorDigits(computed.currency);
  return (computed.revenue / 10 ** digits).toFixed(digits);
}

function textOf(values: readonly Json[]): string {
  return values.map((value) => (typeof value === "object" ? JSON.stringify(value) : String(value))).join("; ");
}
