import type { Db } from "../../platform/db.ts";
import { decodeCursor, encodeCursor } from "../../platform/pages.ts";
import type { SearchAnswer, SearchQuery, Suggestions } from "../contracts.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { toGtin14 } from "../gtin.ts";
import { readSummaries } from "../products/read-products.ts";
import { type Choices, type Counted, countFacets, type Entry, type Hit } from "./facets.ts";
import { wordsIn } from "./read-words.ts";
import type { SearchIndex } from "./search-index.ts";

const MOST_WORDS = 12;
const MOST_VALUES = 100;
const ALL = "all";

interface Found {
  readonly entries: readonly Entry[];
  readonly scores: ReadonlyMap<string, number>;
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
  const counted = countFacets(entries, choicesOf(query, ownSizes), query, index.placesOf);
  const sorted = sort(counted.hits, scores, query.sort);
  const [from] = decodeCursor(query.after, 1) ?? [0];
  const start = typeof from === "number" ? from : 0;
  const page = sorted.slice(start, start + query.limit).map(({ entry }) => entry.id);
  const end = start + page.length;
  return {
    items: await readSummaries(db, page, query),
    next: page.length > 0 && end < sorted.length ? encodeCursor([end]) : null,
    total: sorted.length,
    facets: shown(counted),
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
  const best = [...entries].sort((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0)).slice(0, limit);
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
  const exact = text === "" ? undefined : (index.byCode(text) ?? index.byCode(toGtin14(text) ?? ""));
  if (exact) return { entries: [exact], scores: new Map(), corrected: null };
  const words = wordsIn(text).slice(0, MOST_WORDS);
  if (words.length === 0)
    return { entries: text === "" ? [...index.entries()] : [], scores: new Map(), corrected: null };
  const asked = await index.ask(words);
  const { scores, corrections } = index.text.match(words.flatMap((word) => asked.get(word) ?? []));
  const entries: Entry[] = [];
  const byId = new Map<string, number>();
  for (const [document, score] of scores.entries()) {
    const entry = score > 0 ? index.entryOf(document) : undefined;
    if (!entry) continue;
    entries.push(entry);
    byId.set(entry.id, score);
  }
  const corrected = corrections.size === 0 ? null : words.map((word) => corrections.get(word) ?? word).join(" ");
  return { entries, scores: byId, corrected };
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

/** Equal ones stand in the order they were made in, the newest first: ids grow with time. */
function sort(hits: readonly Hit[], scores: ReadonlyMap<string, number>, by: SearchQuery["sort"]): Hit[] {
  const newest = (a: Hit, b: Hit) => (a.entry.id < b.entry.id ? 1 : -1);
  const score = ({ entry }: Hit) => scores.get(entry.id) ?? 0;
  const orders: Record<SearchQuery["sort"], (a: Hit, b: Hit) => number> = {
    relevance: (a, b) => score(b) - score(a) || (a.entry.id < b.entry.id ? -1 : 1),
    price: (a, b) => a.price - b.price || newest(a, b),
    "-price": (a, b) => b.price - a.price || newest(a, b),
    rating: (a, b) => b.entry.rating - a.entry.rating || newest(a, b),
    new: newest,
  };
  return [...hits].sort(orders[by]);
}

function shown(counted: Counted): SearchAnswer["facets"] {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, "en", { numeric: true }))
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
