import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";

import type { FieldError } from "../platform/errors.ts";
import { boundsOf } from "./bound-schema.ts";
import type { JsonSchema } from "./contracts.ts";

/** One thing that is wrong with an event. */
export interface Fault {
  /** Dotted path below `properties` or `traits`; places in lists are `[]`, so that equal faults count as one. */
  readonly path: string;
  /** The word of JSON Schema that was broken. */
  readonly rule: string;
  readonly message: string;
}

/** The faults of a value, at most a few; none when it is as it should be. */
export type Check = (value: unknown) => Fault[];

const MOST_FAULTS = 10;

/** Google's RE2: linear in the text, whatever the pattern. */
const linear = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    // Ajv takes two patterns of the same text for one.
    return { test: (text: string) => compiled.matcher(text).find(), toString: () => `/${pattern}/` };
  },
  { code: "linear" },
);

/** Compiles a schema, or says what is wrong with it. */
export function compileSchema(schema: JsonSchema): { readonly check: Check } | { readonly errors: FieldError[] } {
  const errors = boundsOf(schema);
  if (errors.length > 0) return { errors };
  try {
    const ajv = new Ajv2020({
      allErrors: true,
      strict: true,
      strictTypes: false,
      strictRequired: false,
      strictTuples: false,
      validateFormats: true,
      logger: false,
      code: { regExp: linear },
    });
    // Only those whose patterns are quick for any text.
    addFormats.default(ajv, { mode: "fast", formats: ["date", "time", "date-time", "uuid", "ipv4", "email"] });
    const validate = ajv.compile(schema);
    return {
      check(value) {
        if (validate(value)) return [];
        return (validate.errors ?? []).slice(0, MOST_FAULTS).map(toFault);
      },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { errors: [{ path: "schema", message: message.slice(0, 500) }] };
  }
}

function toFault({ instancePath, keyword, params, message }: ErrorObject): Fault {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? "[]" : part));
  const missing: unknown = keyword === "required" ? (params as { missingProperty?: unknown }).missingProperty : null;
  if (typeof missing === "string") path.push(missing);
  return {
    path: dotted(path),
    rule: keyword,
    message: (missing ? "is missing" : (message ?? keyword)) + extraOf(params),
  };
}

function dotted(parts: readonly string[]): string {
  return parts
    .reduce((path, part) => (part === "[]" || path === "" ? path + part : `${path}.${part}`), "")
    .slice(0, 200);
}

/** Names the property or the choices where Ajv's sentence does not. */
function extraOf(params: Record<string, unknown>): string {
  if (typeof params.additionalProperty === "string") return `: ${params.additionalProperty.slice(0, 100)}`;
  return Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(", ").slice(0, 200)}` : "";
}
