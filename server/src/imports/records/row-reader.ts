import { normaliseEmail, normalisePhone } from "../../identity/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import { minorDigits, toMajor, toMinor } from "../../platform/money.ts";
import { type PathSource, type Plan, putAt, rawValue, type Source } from "../mapping/compile-mapping.ts";
import type { Row } from "../reading/read-rows.ts";
import { readDecimal } from "../values/read-decimal.ts";
import { readFlag } from "../values/read-flag.ts";
import type { RowProblemCode } from "./problems.ts";

/** Who a row is about. */
export interface Who {
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly traits: Record<string, Json>;
  /** `type:value` of the strongest. */
  readonly strongest: string;
}

const WHOLE = "*";

/** Reads the values of one row by a plan and keeps the first thing that is wrong with it. */
export class RowReader {
  readonly row: Row;
  readonly #plan: Plan;
  problem: { readonly code: RowProblemCode; readonly column: string | null } | null = null;

  constructor(plan: Plan, row: Row) {
    this.#plan = plan;
    this.row = row;
    if (row.fault !== null) this.fail(row.fault, null);
  }

  fail(code: RowProblemCode, column: string | null): undefined {
    this.problem ??= { code, column };
    return undefined;
  }

  /** The first of the field's columns that has a value. */
  find(field: string): { readonly value: Json; readonly source: Source } | undefined {
    for (const source of this.#plan.fields.get(field) ?? []) {
      const value = rawValue(this.row, source);
      if (value !== undefined) return { value, source };
    }
    return undefined;
  }

  text(field: string): string | undefined {
    const found = this.find(field);
    return found === undefined || typeof found.value === "object" ? undefined : String(found.value);
  }

  /** RFC 3339; a day ahead of `now` is more than a clock that goes wrong. */
  time(field: string, now: number): string | undefined {
    const found = this.find(field);
    if (!found) return undefined;
    const ms = this.#plan.moments.readMoment(found.value);
    if (ms === null || ms < 0) return this.fail("not_a_time", found.source.column);
    if (ms > now + 86_400_000) return this.fail("in_future", found.source.column);
    return new Date(ms).toISOString();
  }

  number(field: string): number | undefined {
    const found = this.find(field);
    return found && this.#number(found.value, found.source);
  }

  /** An amount in decimals of the currency, rounded as ISO 4217 has it; `precise` keeps what a price has beyond. */
  amount(field: string, currency: string, precise = false): number | undefined {
    const found = this.find(field);
    if (!found) return undefined;
    const text = this.#decimal(found.value, found.source);
    if (text === undefined) return undefined;
    if (this.#plan.options.amounts === "minor") return Number(text) / 10 ** minorDigits(currency);
    if (precise) return Number(text);
    const minor = toMinor(text, currency);
    return minor === null ? this.fail("not_a_number", found.source.column) : toMajor(minor, currency);
  }

  who(): Who | undefined {
    const userId = this.text("user_id");
    const loyalty = this.text("loyalty_id");
    const email = this.#email();
    const phone = this.#phone();
    const anonymousId = this.text("anonymous_id");
    const usablePhone = phone === undefined ? null : normalisePhone(phone);
    const strongest =
      (userId && `user_id:${userId}`) ||
      (loyalty && `loyalty_id:${loyalty}`) ||
      (email && `email:${email}`) ||
      (usablePhone && `phone:${usablePhone}`) ||
      (anonymousId && `anonymous_id:${anonymousId}`);
    if (!strongest) return undefined;
    const traits: Record<string, Json> = {};
    if (loyalty !== undefined) traits.loyalty_id = loyalty;
    if (email !== undefined) traits.email = email;
    if (phone !== undefined) traits.phone = usablePhone ?? phone;
    return {
      ...(userId === undefined ? {} : { userId }),
      ...(anonymousId === undefined ? {} : { anonymousId }),
      traits,
      strongest,
    };
  }

  #email(): string | undefined {
    const found = this.find("email");
    if (!found) return undefined;
    return normaliseEmail(found.value) ?? this.fail("not_an_email", found.source.column);
  }

  #phone(): string | undefined {
    const text = this.text("phone");
    const prefix = this.#plan.options.phone_prefix;
    if (text === undefined || prefix === undefined || /^\s*(\+|00)/.test(text)) return text;
    return `${prefix}${text.replace(/\D/g, "").replace(/^0/, "")}`;
  }

  /** The values of these columns as one object, each at its path. */
  object(sources: readonly PathSource[]): Record<string, Json> {
    const object: Record<string, Json> = {};
    for (const source of sources) {
      const raw = rawValue(this.row, source);
      const value = raw === undefined ? undefined : this.#typed(raw, source);
      if (source.path[0] === WHOLE) this.#takeWhole(object, value, source);
      else if (value !== undefined) putAt(object, source.path, value);
    }
    return object;
  }

  /** `property:*` takes every member of an object as it is. */
  #takeWhole(into: Record<string, Json>, value: Json | undefined, source: Source): void {
    if (value === undefined) return;
    if (!isJsonObject(value)) {
      this.fail("not_an_object", source.column);
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      if (name === "__proto__") this.fail("forbidden_key", source.column);
      else if (!Object.hasOwn(into, name)) into[name] = member;
    }
  }

  flag(source: Source): boolean | undefined {
    const raw = rawValue(this.row, source);
    if (raw === undefined) return undefined;
    return readFlag(raw) ?? this.fail("not_a_flag", source.column);
  }

  #typed(value: Json, source: Source): Json | undefined {
    switch (source.type) {
      case "number":
        return this.#number(value, source);
      case "boolean":
        return readFlag(value) ?? this.fail("not_a_flag", source.column);
      case "date":
        return this.#plan.moments.readDate(value) ?? this.fail("not_a_time", source.column);
      case "list":
        return Array.isArray(value) ? value : listOf(String(value), source.separator);
      case "text":
        return typeof value === "object" ? JSON.stringify(value) : String(value);
      default:
        return value;
    }
  }

  #number(value: Json, source: Source): number | undefined {
    const text = this.#decimal(value, source);
    return text === undefined ? undefined : Number(text);
  }

  #decimal(value: Json, source: Source): string | undefined {
    if (typeof value === "number") return String(value);
    const text = typeof value === "string" ? readDecimal(value, this.#plan.options.decimal) : null;
    return text ?? this.fail("not_a_number", source.column);
  }
}

function listOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** The parts of an event that say who it is about, for events that are not `identify`. */
export function senderOf({ userId, anonymousId, traits }: Who): JsonObject {
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...(Object.keys(traits).length === 0 ? {} : { context: { traits } }),
  };
}
