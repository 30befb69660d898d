import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { MarketShown } from "../contracts.ts";
import type { Entry } from "./facets.ts";
import { marketsOf } from "./markets.ts";
import {
  type CategoryEntry,
  type Change,
  type EntryRow,
  findChanges,
  loadCategoryTree,
  loadEntries,
} from "./queries/load-entries.pg.ts";
import { wordsIn } from "./read-words.ts";
import { Stemmer } from "./stemmer.ts";
import { type AskedWord, TextIndex } from "./text-index.ts";
import { comparedTitles, TitleOrder } from "./title-order.ts";

export interface SearchDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  /** Of each variant, the places it can be had from now: `web`, and stores by id. */
  readonly placesOf: (variantIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
}

const AT_ONCE = 1_000;
/** Of so many products at a time: whoever asks for anything else meanwhile has a turn in between. */
const STOCK_AT_ONCE = 200;
/** Documents of products that have changed since are left standing until they are so many. */
const MOST_STALE = 0.3;
const STOCK_EVERY_MS = 200;
const NOWHERE: readonly string[] = [];

/**
 * Everything search needs of the catalogue, in the memory of this node. Before each search it reads what has changed
 * since (`changed_in`), so a product that was saved is found at once. What is in stock follows the live notices.
 */
export class SearchIndex {
  readonly #deps: SearchDeps;
  readonly #stemmer: Stemmer;
  #text = new TextIndex();
  #titles = new TitleOrder<Entry>();
  /** By document; undefined where the product has changed since, or is gone. */
  #documents: (Entry | undefined)[] = [];
  readonly #byId = new Map<string, { readonly document: number; readonly entry: Entry }>();
  readonly #codes = new Map<string, string>();
  readonly #codesOf = new Map<string, readonly string[]>();
  categories: readonly CategoryEntry[] = [];
  #markets: readonly MarketShown[] | null = null;
  #upto = "0";
  #refreshing: Promise<void> = Promise.resolve();
  readonly #unstocked = new Set<string>();
  #stocking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #offs: (() => void)[] = [];
  #closed = false;

  constructor(deps: SearchDeps) {
    this.#deps = deps;
    this.#stemmer = new Stemmer(deps.db);
    this.#offs.push(
      deps.bus.onChange((changes) => {
        for (const { topic, id, what } of changes) if (topic === "product" && what.includes("stock")) this.#unstock(id);
      }),
      deps.bus.onGap(() => {
        for (const id of this.#byId.keys()) this.#unstock(id);
      }),
    );
  }

  close(): void {
    this.#closed = true;
    for (const off of this.#offs) off();
    if (this.#timer) clearTimeout(this.#timer);
  }

  get text(): TextIndex {
    return this.#text;
  }

  get titles(): TitleOrder<Entry> {
    return this.#titles;
  }

  entryOf(document: number): Entry | undefined {
    return this.#documents[document];
  }

  *entries(): Generator<Entry> {
    for (const entry of this.#documents) if (entry) yield entry;
  }

  /** Where anything is sold; counted anew when something has changed. */
  get markets(): readonly MarketShown[] {
    this.#markets ??= marketsOf(this.entries());
    return this.#markets;
  }

  byId(id: string): Entry | undefined {
    return this.#byId.get(id)?.entry;
  }

  /** The product with this SKU, GTIN or code. */
  byCode(code: string): Entry | undefined {
    const id = this.#codes.get(code.toLowerCase());
    return id === undefined ? undefined : this.byId(id);
  }

  ask(words: readonly string[]): Promise<Map<string, AskedWord>> {
    return this.#stemmer.read(words);
  }

  /** Returns when everything committed before the call is known. */
  async refresh(): Promise<void> {
    const { changes, upto } = await findChanges(this.#deps.db, this.#upto);
    const fresh = changes.filter(({ id, changed_in }) => this.#versionOf(id) !== changed_in);
    if (fresh.length === 0) {
      if (BigInt(upto) > BigInt(this.#upto)) this.#upto = upto;
      return;
    }
    const before = this.#refreshing;
    this.#refreshing = before.then(() => this.#take(fresh));
    await this.#refreshing;
    if (BigInt(upto) > BigInt(this.#upto)) this.#upto = upto;
  }

  /** Returns when the stock of every product is known. */
  async stocked(): Promise<void> {
    // What is being read just now counts as unknown, too.
    while ((this.#unstocked.size > 0 || this.#stocking) && !this.#closed) await this.#restock();
  }

  readonly #gone = new Map<string, string>();

  #versionOf(id: string): string | undefined {
    return this.#byId.get(id)?.entry.changedIn ?? this.#gone.get(id);
  }

  async #take(changes: readonly Change[]): Promise<void> {
    // Somebody who asked at the same time may have read them already.
    const ids = changes.flatMap(({ id, changed_in }) => (this.#versionOf(id) === changed_in ? [] : [id]));
    if (ids.length === 0) return;
    this.categories = await loadCategoryTree(this.#deps.db);
    await this.#read(ids);
    this.#markets = null;
    if (this.#byId.size < this.#documents.length * (1 - MOST_STALE)) await this.#rebuild();
  }

  async #read(ids: readonly string[]): Promise<void> {
    const parents = new Map(this.categories.map((category) => [category.id, category]));
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const rows = await loadEntries(this.#deps.db, ids.slice(from, from + AT_ONCE));
      const words = rows.map((row) => placesOfWords(row, parents));
      const asked = await this.#stemmer.read(words.flat(2));
      const before = rows.flatMap(({ id }) => this.byId(id) ?? []);
      for (const [i, row] of rows.entries()) {
        const places = (words[i] ?? []).map((list) => list.flatMap((word) => asked.get(word) ?? []));
        this.#put(row, places, linkOf(row.category_id, parents));
      }
      this.#titles.change(
        before,
        rows.flatMap(({ id }) => this.byId(id) ?? []),
      );
    }
  }

  #put(row: EntryRow, words: readonly (readonly AskedWord[])[], under: readonly string[]): void {
    const before = this.#byId.get(row.id);
    if (before) this.#documents[before.document] = undefined;
    for (const code of this.#codesOf.get(row.id) ?? []) if (this.#codes.get(code) === row.id) this.#codes.delete(code);
    if (row.is_archived || row.variants.length === 0) {
      this.#byId.delete(row.id);
      this.#codesOf.delete(row.id);
      this.#gone.set(row.id, row.changed_in);
      return;
    }
    this.#gone.delete(row.id);
    const entry: Entry = {
      id: row.id,
      changedIn: row.changed_in,
      category: row.category_id,
      under,
      brand: row.brand,
      rating: row.rating,
      titles: comparedTitles(row.title, row.titles),
      ranks: { en: 0, tr: 0, id: 0 },
      variants: row.variants,
      // As it was, until it is looked up.
      places: row.variants.map(({ id }) => placesIn(before?.entry, id)),
    };
    const document = this.#text.add(words);
    this.#documents[document] = entry;
    this.#byId.set(row.id, { document, entry });
    const codes = [row.code, ...row.variants.flatMap(({ sku, gtin }) => [sku, gtin])].flatMap((code) =>
      code === null ? [] : [code.toLowerCase()],
    );
    for (const code of codes) this.#codes.set(code, row.id);
    this.#codesOf.set(row.id, codes);
    this.#unstock(row.id);
  }

  /** Leaves behind what stands for nothing any more. */
  async #rebuild(): Promise<void> {
    const ids = [...this.#byId.keys()];
    this.#text = new TextIndex();
    this.#titles = new TitleOrder();
    this.#documents = [];
    this.#byId.clear();
    await this.#read(ids);
  }

  #unstock(productId: string): void {
    this.#unstocked.add(productId);
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // The database is away: the next notice, or whoever asks for stock, looks again.
      this.stocked().catch(() => undefined);
    }, STOCK_EVERY_MS);
    this.#timer.unref();
  }

  async #restock(): Promise<void> {
    this.#stocking ??= this.#readStock().finally(() => {
      this.#stocking = null;
    });
    await this.#stocking;
  }

  async #readStock(): Promise<void> {
    const ids = this.#unstocked.values().take(STOCK_AT_ONCE).toArray();
    for (const id of ids) this.#unstocked.delete(id);
    const entries = ids.flatMap((id) => this.byId(id) ?? []);
    try {
      const places = await this.#deps.placesOf(entries.flatMap(({ variants }) => variants.map(({ id }) => id)));
      for (const entry of entries)
        for (const [i, { id }] of entry.variants.entries()) entry.places[i] = places.get(id) ?? NOWHERE;
    } catch (error) {
      for (const id of ids) this.#unstocked.add(id);
      throw error;
    }
  }
}

function placesIn(entry: Entry | undefined, variantId: string): readonly string[] {
  const at = entry?.variants.findIndex(({ id }) => id === variantId) ?? -1;
  return entry?.places[at] ?? NOWHERE;
}

function placesOfWords(row: EntryRow, parents: ReadonlyMap<string, CategoryEntry>): string[][] {
  const categories = linkOf(row.category_id, parents).flatMap((id) => {
    const found = parents.get(id);
    return found ? [found.title, ...Object.values(found.titles)] : [];
  });
  const others = [...row.materials, ...row.variants.map(({ color }) => color ?? "")];
  return [[row.title, ...Object.values(row.titles)], [row.brand, ...categories], [...new Set(others)]].map((texts) => [
    ...new Set(texts.flatMap(wordsIn)),
  ]);
}

/** A category and all above it. */
function linkOf(id: string, parents: ReadonlyMap<string, CategoryEntry>): string[] {
  const link: string[] = [];
  for (let at: string | null = id; at !== null && !link.includes(at); at = parents.get(at)?.parent_id ?? null)
    link.push(at);
  return link;
}
