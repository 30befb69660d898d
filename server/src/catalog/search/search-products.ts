import type { Db } from "../../platform/db.ts";
import { decodeCursor, encodeCursor } from "../../platform/pages.ts";
import type { SearchAnswer, SearchLanguage, SearchQuery, Suggestions } from "../contracts.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { gtinReadings } from "../gtin.ts";
import { readSummaries } from "../products/read-products.ts";
import { type Choices, type Counted, countFacets, type Entry, type Hit } from "./facets.ts";
import { wordsIn } from "./read-words.ts";
import type { SearchIndex } from "./search-index.ts";
import { ALPHABETS } from "./title-order.ts";

const MOST_WORDS = 12;
const MOST_VALUES = 100;
const ALL = "all";
/** Beyond so many it is quicker to sort all. */
const DEEP = 500;

interface Found {
  readonly entries: readonly Entry[];
  readonly scores: ReadonlyMap<Entry, number>;
  readonly corrected: string | null;
}

/** Products that fit, what else could be chosen and how many there would be, and how misspelt words were taken. */
export async function searchProducts(
  { db, index }: { readonly db: Db; readonly index: SearchIndex },
  query: SearchQuery,
  ownSizes: Readonly<Record<string, string>>,
): Promise<SearchAnswer> {
  await index.refresh();
  if (query.stock !== undefined) await index.stocked();
  const { entries, scores, corrected } = await find(index, query.q ?? "");
  const counted = countFacets(entries, choicesOf(query, ownSizes), query);
  const { page, next } =
    query.sort === "title" ? pageByTitle(index, counted.hits, query) : pageOf(counted.hits, query, query.sort, scores);
  return {
    items: await readSummaries(
      db,
      page.map(({ entry }) => entry.id),
      query,
    ),
    next,
    total: counted.hits.length,
    facets: shown(counted, query.language),
    own_sizes: [...counted.ownSizes],
    corrected,
  };
}

/** What somebody may be about to type: words, categories, products. */
export async function suggest(
  { db, index }: { readonly db: Db; readonly index: SearchIndex },
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<Suggestions> {
  await index.refresh();
  const words = wordsIn(q);
  const last = foldSearchText(words.at(-1) ?? "");
  const before = words.slice(0, -1).join(" ");
  const { entries, scores } = await find(index, q);
  const best = firstOf(entries, limit, (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  const isMeant = (title: string) =>
    foldSearchText(title)
      .split(" ")
      .some((word) => word.startsWith(last));
  return {
    words:
      words.length === 0
        ? []
        : index.text.complete(last, limit).map((word) => [before, word].filter(Boolean).join(" ")),
    categories:
      last === ""
        ? []
        : index.categories
            .filter(({ title, titles }) => [title, ...Object.values(titles)].some(isMeant))
            .slice(0, limit)
            .map(({ id, title, titles }) => ({ id, name: title, titles })),
    products:
      words.length === 0
        ? []
        : await readSummaries(
            db,
            best.map(({ id }) => id),
          ),
  };
}

async function find(index: SearchIndex, q: string): Promise<Found> {
  const text = q.trim();
  const [exact] = text === "" ? [] : [text, ...gtinReadings(text)].flatMap((code) => index.byCode(code) ?? []);
  if (exact) return { entries: [exact], scores: new Map(), corrected: null };
  const words = wordsIn(text).slice(0, MOST_WORDS);
  if (words.length === 0)
    return { entries: text === "" ? [...index.entries()] : [], scores: new Map(), corrected: null };
  const asked = await index.ask(words);
  const { found, corrections } = index.text.match(words.flatMap((word) => asked.get(word) ?? []));
  const entries: Entry[] = [];
  const scores = new Map<Entry, number>();
  for (const { document, score } of found) {
    const entry = index.entryOf(document);
    if (!entry) continue;
    entries.push(entry);
    scores.set(entry, score);
  }
  const corrected = corrections.size === 0 ? null : words.map((word) => corrections.get(word) ?? word).join(" ");
  return { entries, scores, corrected };
}

function choicesOf(query: SearchQuery, ownSizes: Readonly<Record<string, string>>): Choices {
  const several = (text: string | undefined) => {
    const values = (text ?? "").split(",").filter(Boolean);
    return values.length === 0 ? null : new Set(values);
  };
  return {
    category: query.category ?? null,
    size: query.size === ALL ? null : several(query.size),
    color: several(query.color),
    brand: several(query.brand),
    priceMin: query.price_min ?? null,
    priceMax: query.price_max ?? null,
    stock: query.stock ?? null,
    ownSizes: query.size === undefined ? ownSizes : {},
  };
}

interface Shown {
  readonly page: readonly Hit[];
  readonly next: string | null;
}

/** Goes on behind the last title that was shown, whatever has come or gone meanwhile. */
function pageByTitle(index: SearchIndex, hits: readonly Hit[], { language, limit, after }: SearchQuery): Shown {
  const [title, id] = decodeCursor(after, 2) ?? [];
  const rank = ({ entry }: Hit) => entry.ranks[language];
  const from = title === undefined ? null : index.titles.behind(language, String(title), String(id));
  const rest = from === null ? hits : hits.filter((hit) => rank(hit) >= from);
  const page = firstOf(rest, limit, (a, b) => rank(a) - rank(b));
  const last = page.at(-1)?.entry;
  return { page, next: last && page.length < rest.length ? encodeCursor([last.titles[language], last.id]) : null };
}

type Placed = Exclude<SearchQuery["sort"], "title">;

function pageOf(hits: readonly Hit[], query: SearchQuery, by: Placed, scores: ReadonlyMap<Entry, number>): Shown {
  const [from] = decodeCursor(query.after, 1) ?? [0];
  const start = typeof from === "number" ? from : 0;
  const page = firstOf(hits, start + query.limit, orderOf(by, scores)).slice(start);
  const end = start + page.length;
  return { page, next: page.length > 0 && end < hits.length ? encodeCursor([end]) : null };
}

type Order<T> = (a: T, b: T) => number;

/** Equal ones stand in the order they were made in, the newest first: ids grow with time. */
function orderOf(by: Placed, scores: ReadonlyMap<Entry, number>): Order<Hit> {
  const newest: Order<Hit> = (a, b) => (a.entry.id < b.entry.id ? 1 : -1);
  const score = ({ entry }: Hit) => scores.get(entry) ?? 0;
  const orders: Record<Placed, Order<Hit>> = {
    relevance: (a, b) => score(b) - score(a) || (a.entry.id < b.entry.id ? -1 : 1),
    price: (a, b) => a.price - b.price || newest(a, b),
    "-price": (a, b) => b.price - a.price || newest(a, b),
    rating: (a, b) => b.entry.rating - a.entry.rating || newest(a, b),
    new: newest,
  };
  return orders[by];
}

/** The first `most` in their order; the many that nobody will see are only looked at. */
function firstOf<T>(all: readonly T[], most: number, order: Order<T>): T[] {
  if (most > DEEP) return all.toSorted(order).slice(0, most);
  const first: T[] = [];
  for (const one of all) {
    const last = first.at(-1);
    if (first.length === most && (last === undefined || order(one, last) >= 0)) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(first[middle] as T, one) <= 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, one);
    if (first.length > most) first.pop();
  }
  return first;
}

function shown(counted: Counted, language: SearchLanguage): SearchAnswer["facets"] {
  const { compare } = ALPHABETS[language];
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compare(a.value, b.value))
      .slice(0, MOST_VALUES);
  return {
    size: list(counted.size),
    color: list(counted.color),
    brand: list(counted.brand),
    category: list(counted.category),
    stock: list(counted.stock),
    price: counted.price,
  };
}
