import type { PropertyTest, Scalar } from "../contracts.ts";
import { instantOf } from "../predicates/times.ts";
import { SUM_SCALE } from "../predicates/values.ts";
import type { Params } from "./params.ts";

/** The ClickHouse twin of `valuesAt`: all values at a path of `properties`, as an array of raw JSON text. */
export function valuesSql(path: string, params: Params): string {
  const nested = path
    .split(".")
    .reduce(
      (found, key) => spread(`arrayMap(x -> JSONExtractRaw(x, ${params.add(key, "String")}), ${found})`),
      "[properties]",
    );
  if (!path.includes(".")) return nested;
  const literal = `JSONExtractRaw(properties, ${params.add(path, "String")})`;
  return `if(${literal} not in ('', 'null'), ${spread(`[${literal}]`)}, ${nested})`;
}

function spread(values: string): string {
  return `arrayFilter(x -> x not in ('', 'null'), arrayFlatten(arrayMap(x -> if(startsWith(x, '['), JSONExtractArrayRaw(x), [x]), ${values})))`;
}

/** The twin of `passes`. */
export function testSql(test: PropertyTest, params: Params): string {
  const values = valuesSql(test.property, params);
  const some = (condition: string) => `arrayExists(x -> ${condition}, ${values})`;
  switch (test.op) {
    case "is":
      return some(equalsSql(test.value, params));
    case "is_not":
      return `not ${some(equalsSql(test.value, params))}`;
    case "in":
      return some(isAnySql(test.value, params));
    case "not_in":
      return `not ${some(isAnySql(test.value, params))}`;
    case "contains":
      return some(`startsWith(x, '"') and position(JSONExtractString(x), ${params.add(test.value, "String")}) > 0`);
    case "starts_with":
      return some(`startsWith(x, '"') and startsWith(JSONExtractString(x), ${params.add(test.value, "String")})`);
    case "exists":
      return `notEmpty(${values})`;
    case "not_exists":
      return `empty(${values})`;
    case "before":
    case "after":
      return some(
        `ifNull(${INSTANT_MS} ${test.op === "before" ? "<" : ">"} ${params.int(instantOf(test.value) ?? 0)}, 0)`,
      );
    default:
      return `arrayExists(n -> n ${OPERATORS[test.op]} ${params.add(test.value, "Float64")}, ${numbersSql(values)})`;
  }
}

export const OPERATORS = { gt: ">", gte: ">=", lt: "<", lte: "<=", eq: "=" } as const;

/** Amounts that `events` keeps as columns of their own (migrations/history/0004-amounts.sql). */
const KEPT_AMOUNTS = ["price", "quantity", "revenue", "total", "value"];

/** To be selected with `properties` wherever amounts may be asked for. */
export const AMOUNT_COLUMNS = KEPT_AMOUNTS.map((name) => `events.amount_${name} as amount_${name}`).join(", ");

/** Sum of the amounts at a path, in ten-thousandths. */
export function amountSql(path: string, params: Params): string {
  return KEPT_AMOUNTS.includes(path) ? `amount_${path}` : countedAmountSql(path, params);
}

/** The same read from the text; rounded as `scaledOf` does it, because ClickHouse's round() is a banker's. */
export function countedAmountSql(path: string, params: Params): string {
  return `arraySum(arrayMap(n -> toInt64(floor(n * ${SUM_SCALE} + 0.5)), ${numbersSql(valuesSql(path, params))}))`;
}

/** The numbers among raw values; the twin of `numberOf`. Infinity stands for what is none and is cut off with the rest. */
function numbersSql(values: string): string {
  return `arrayFilter(n -> abs(n) <= 1e11, arrayMap(x -> ${NUMBER}, ${values}))`;
}

function equalsSql(value: Scalar, params: Params): string {
  if (typeof value === "boolean") return `x = '${value ? "true" : "false"}'`;
  if (typeof value === "number") return `match(x, '^[-0-9]') and JSONExtractFloat(x) = ${params.add(value, "Float64")}`;
  return `startsWith(x, '"') and JSONExtractString(x) = ${params.add(value, "String")}`;
}

function isAnySql(values: readonly Scalar[], params: Params): string {
  const texts = values.filter((value) => typeof value === "string");
  const others = values.filter((value) => typeof value !== "string").map((value) => `(${equalsSql(value, params)})`);
  const isText = `(startsWith(x, '"') and has(${params.add(texts, "Array(String)")}, JSONExtractString(x)))`;
  return [isText, ...others].join(" or ");
}

/** For one raw value `x`: its number, or infinity; its instant in ms, or null. */
const TEXT = "JSONExtractString(x)";
const PLAIN = `replaceRegexpOne(${TEXT}, '^(-?)0+([0-9])', '\\\\1\\\\2')`;
const NUMBER = `multiIf(match(x, '^[-0-9]'), JSONExtractFloat(x), startsWith(x, '"') and match(${TEXT}, '^-?[0-9]{1,12}(\\\\.[0-9]{1,6})?$'), JSONExtractFloat(${PLAIN}), inf)`;
const DATE_TEXT =
  "^(19|2[012])[0-9]{2}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?$";
const INSTANT_MS = `if(startsWith(x, '"') and match(${TEXT}, '${DATE_TEXT}') and isNotNull(toDateOrNull(substring(${TEXT}, 1, 10))), toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${TEXT}, 3, 'UTC')), null)`;
