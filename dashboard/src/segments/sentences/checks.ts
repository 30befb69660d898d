/** What anybody may have written, looked at before it is drawn: whether it has the shape that a form or a sentence needs. */
export type Check = (value: unknown) => boolean;
export type Fields = Readonly<Record<string, unknown>>;

export const isText: Check = (value) => typeof value === "string";
export const isNumber: Check = (value) => typeof value === "number";
export const isTruth: Check = (value) => typeof value === "boolean";
export const isScalar: Check = (value) => ["string", "number", "boolean"].includes(typeof value);
export const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const has = (value: unknown, checks: Readonly<Record<string, Check>>): boolean =>
  isFields(value) && Object.entries(checks).every(([key, check]) => check(value[key]));

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
