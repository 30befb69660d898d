import { decodeCursor, toPage } from "../../platform/pages.ts";
import type { PropertyPage, ValuePage, ValuesQuery, WordsQuery } from "../contracts.ts";
import { foldWord } from "./fold-word.ts";
import { isIdentifier, isPersonal, looksPersonal } from "./personal.ts";
import { type Survey, typeAt } from "./survey.ts";
import type { Surveys } from "./surveys.ts";

/** The properties that the newest events of a name carry, the most frequent first. */
export async function readProperties(
  surveys: Surveys,
  query: WordsQuery & { readonly event: string },
): Promise<PropertyPage> {
  const { paths, lookedAt } = await surveys.ofEvent(query.event);
  const found = [...paths]
    .map(([name, at]) => ({ name, count: at.count, type: typeAt(at) }))
    .filter(({ name }) => speaksOf(name, query.q));
  return { ...pageOf(found, query, ({ name }) => name), looked_at: lookedAt };
}

/** The values of a trait, a computed value or a property, the most frequent first. People's own are never among them. */
export async function readValues(surveys: Surveys, query: ValuesQuery): Promise<ValuePage> {
  const { survey, path } = await where(surveys, query);
  const at = survey.paths.get(path);
  const isTold = at !== undefined && !isPersonal(path) && !isIdentifier(at);
  const found = [...(isTold ? at.values : [])]
    .filter(([value]) => !looksPersonal(value) && speaksOf(String(value), query.q))
    .map(([value, count]) => ({ value, count }));
  return { ...pageOf(found, query, ({ value }) => String(value)), looked_at: survey.lookedAt };
}

async function where(surveys: Surveys, query: ValuesQuery): Promise<{ survey: Survey; path: string }> {
  if (query.event !== undefined) return { survey: await surveys.ofEvent(query.event), path: query.property ?? "" };
  const kind = query.trait === undefined ? "computed" : "trait";
  return { survey: await surveys.ofPeople(kind), path: query[kind] ?? "" };
}

/** Whether a word in it begins with what was typed, capitals and accents aside. */
function speaksOf(text: string, typed: string | undefined): boolean {
  if (typed === undefined || typed === "") return true;
  const plain = foldWord(text);
  const wanted = foldWord(typed);
  return plain.startsWith(wanted) || plain.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted));
}

/** A cursor holds the place in the order, not a number of rows: the answer may be another one by then. */
function pageOf<T extends { readonly count: number }>(found: T[], query: WordsQuery, keyOf: (item: T) => string) {
  const key = (item: T): readonly [number, string] => [-item.count, keyOf(item)];
  const cursor = decodeCursor(query.after, 2);
  const rest = found
    .sort((a, b) => compare(key(a), key(b)))
    .filter((item) => cursor === null || compare(key(item), [Number(cursor[0]), String(cursor[1])]) > 0);
  return toPage(rest.slice(0, query.limit + 1), query.limit, key);
}

function compare(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || (a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1);
}
