/** A kind of identifier: how strong it is, and how many of it one person may have. */
export interface IdentifierRule {
  readonly type: string;
  /** Lower wins: the weakest is left out first when a limit would be passed. */
  readonly priority: number;
  readonly limit: number;
  /** Hours in which `limit` counts; null is for ever. */
  readonly windowHours: number | null;
}

const YEAR = 365 * 24;
const WEEK = 7 * 24;

export const rules: readonly IdentifierRule[] = [
  { type: "user_id", priority: 0, limit: 1, windowHours: null },
  { type: "loyalty_id", priority: 1, limit: 1, windowHours: null },
  { type: "email", priority: 2, limit: 5, windowHours: YEAR },
  { type: "phone", priority: 3, limit: 5, windowHours: YEAR },
  { type: "device_id", priority: 4, limit: 5, windowHours: YEAR },
  { type: "anonymous_id", priority: 5, limit: 5, windowHours: WEEK },
];

export const ruleOf: ReadonlyMap<string, IdentifierRule> = new Map(rules.map((rule) => [rule.type, rule]));

/** What programs send when they have no id: taken for a person it would join strangers. Compared in lower case. */
const BLOCKED = new Set([
  "-1",
  "[object object]",
  "anonymous",
  "distinct_id",
  "distinctid",
  "email",
  "false",
  "guest",
  "id",
  "nan",
  "nil",
  "none",
  "not_authenticated",
  "null",
  "true",
  "undefined",
  "unknown",
  "user_id",
  "userid",
]);
const ONLY_ZEROS_AND_DASHES = /^[0-]*$/;

export function isBlocked(value: string): boolean {
  const bare = value
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .trim()
    .toLowerCase();
  return bare === "" || BLOCKED.has(bare) || ONLY_ZEROS_AND_DASHES.test(bare);
}
