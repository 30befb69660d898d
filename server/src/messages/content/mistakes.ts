import type { z } from "zod";

import type { LiquidError } from "./liquid.ts";

/** A mistake of an author's. Screens say its code in the reader's language, and `value`, what it is about, as it stands. */
export interface Mistake {
  readonly code: string;
  /** For whoever writes to the API. */
  readonly message: string;
  readonly value?: string;
  /** The bound that was not kept. */
  readonly limit?: number;
}

const SAID = {
  liquid_lost: "is lost in compilation; put it inside <mj-raw> or a text",
  mjml_not_closed: "is not closed as often as opened",
  mjml_in_text: "stands inside a text, where MJML does not read it",
  mjml_include: "reads files; put the blocks into the body itself",
  mjml_not_valid: "is not valid MJML",
  shared_unknown: "is no shared block",
  shared_empty: "is a shared block without text",
  shared_nested: "is a shared block inside another",
} as const;

export function mistake(code: keyof typeof SAID, value: string, line?: number): Mistake {
  const said = `\`${value}\` ${SAID[code]}`;
  if (line === undefined) return { code, message: said, value };
  return { code, message: `line ${line}: ${said}`, value: `${line}: ${value}` };
}

/** What Liquid says in its own words, by the kinds of it that are told in every language. */
const LIQUID = [
  ["liquid_not_closed", /not closed/],
  ["liquid_no_filter", /^undefined filter/],
  ["liquid_no_tag", /^tag ".*" not found/],
  ["liquid_large", /limit exceeded/],
  ["liquid_deep", /nested more than/],
] as const;

export function liquidMistake(error: LiquidError, hasPlace = true): Mistake {
  const message = hasPlace ? error.message : error.message.replace(/, line:\d+, col:\d+$/, "");
  const [code] = LIQUID.find(([, pattern]) => pattern.test(message)) ?? ["liquid_not_valid"];
  return { code, message: `Liquid: ${message}`, value: message };
}

/** Forms that some fields have, by what the schema says of them. */
const FORMS: Readonly<Record<string, string>> = {
  "one line": "field_one_line",
  "either `body` or `blocks`": "field_body_or_blocks",
  "a colour such as #b3312c": "field_color",
  "as approved: small letters, digits and underscores": "field_approved_name",
  "as Meta writes it: en, en_US, tr, id": "field_approved_language",
};

/** What a schema has against a field, told by its kind. */
export function fieldMistake(issue: z.core.$ZodIssue): Mistake {
  const { message } = issue;
  if (issue.code === "too_big") return { code: "field_too_big", message, limit: Number(issue.maximum) };
  if (issue.code === "too_small")
    return issue.origin === "string" && Number(issue.minimum) === 1
      ? { code: "field_empty", message }
      : { code: "field_too_small", message, limit: Number(issue.minimum) };
  if (issue.code === "unrecognized_keys") return { code: "field_unknown", message, value: issue.keys.join(", ") };
  return { code: FORMS[message] ?? "field_not_valid", message };
}
