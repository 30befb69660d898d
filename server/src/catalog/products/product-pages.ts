import { encode } from "zod";

import { type Db, onOneConnection } from "../../platform/db.ts";
import { Gather } from "../../platform/gather.ts";
import { type Market, type ProductSummary, productSummary, product as wholePage } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { type Change, lookForChanges } from "./queries/page-changes.pg.ts";
import { makePages, type OwnRows, readOwn } from "./read-pages.ts";

const ownPart = wholePage.omit({ related: true, complementary: true });

interface Asked {
  readonly id: string;
  readonly market: Market;
}

interface Kept {
  readonly bytes: Buffer;
  readonly category: string;
  readonly leansOn: readonly string[];
}

const MOST_BYTES = 64 * 2 ** 20;
/** What a page takes beside its bytes. */
const BESIDE_BYTES = 2_000;
/** Beyond either, all are read anew. */
const MOST_NEIGHBOURS = 20_000;
const MOST_MARKETS = 20;
const LOOKS = { most: 200, atOnce: 1, apartMs: 4 };
const READINGS = { most: 50, atOnce: 2, apartMs: 4 };

/** None comes after it: on the first look nothing has changed. */
const NO_TRANSACTION = (2n ** 64n - 1n).toString();

/** What others heard to have changed while pages were read: what leans on it may be older than that, and is not kept. */
interface Meanwhile {
  readonly ids: Set<string>;
  readonly categories: Set<string>;
  isAnotherServer: boolean;
}

/**
 * The pages of products as they are sent, made once for each version of what they show. Before each answer the database
 * tells what was changed by transactions that it did not know of the last time, whoever wrote them: what was committed
 * before a page was asked for is in it. Who asks for a page that is kept does not wait for those that are read; who asks for
 * another is told in one exchange what has changed and what stands on it.
 */
export class ProductPages {
  readonly #db: Db;
  readonly #looks = new Gather<string, Buffer | undefined>((names) => this.#look(names), LOOKS);
  readonly #readings = new Gather<Asked, Buffer | undefined>((asked) => this.#read(asked), READINGS);
  readonly #underWay = new Set<Meanwhile>();
  /** The one asked for longest ago comes first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  /** What stands beside others, by market and id, as JSON: one product stands on many pages. */
  readonly #neighbours = new Map<string, Map<string, string>>();
  #server = "";
  /** Where the next look for changes begins, and what the last one found: it is found again until that moves on. */
  #upto = NO_TRANSACTION;
  /** Looks that were begun, and the last of them that told something. */
  #begun = 0;
  #heardIn = 0;
  #heard = new Map<string, string>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** A page as JSON. */
  async read(id: string, market: Market): Promise<Buffer> {
    const asked = { id, market };
    const name = nameOf(asked);
    const kept = this.#kept.has(name) ? await this.#looks.ask(name) : undefined;
    const page = kept ?? (await this.#readings.ask(asked));
    if (!page) throw refuse("product_not_found");
    return page;
  }

  async #look(names: readonly string[]): Promise<(Buffer | undefined)[]> {
    await onOneConnection(this.#db, (db) => this.#hear(db));
    return names.map((name) => this.#find(name));
  }

  async #read(asked: readonly Asked[]): Promise<(Buffer | undefined)[]> {
    const meanwhile: Meanwhile = { ids: new Set(), categories: new Set(), isAnotherServer: false };
    this.#underWay.add(meanwhile);
    try {
      const pages = new Map<string, Buffer>();
      await onOneConnection(this.#db, async (db) => {
        const [, rows] = await Promise.all([this.#hear(db, meanwhile), readRows(db, asked)]);
        for (const own of rows)
          for (const [name, bytes] of await this.#make(db, own, meanwhile)) pages.set(name, bytes);
      });
      return asked.map((one) => pages.get(nameOf(one)));
    } finally {
      this.#underWay.delete(meanwhile);
    }
  }

  async #make(db: Db, rows: OwnRows, meanwhile: Meanwhile): Promise<[string, Buffer][]> {
    const { market } = rows;
    const known = this.#neighboursIn(market);
    const { pages, summaries } = await makePages(db, rows, known, toJson);
    if (!meanwhile.isAnotherServer)
      for (const [id, summary] of summaries) if (!meanwhile.ids.has(id)) known.set(id, summary);
    return pages.map(({ product, related, complementary, leansOn }) => {
      const own = JSON.stringify(encode(ownPart, product));
      const bytes = Buffer.from(
        `${own.slice(0, -1)},"related":[${related.join()}],"complementary":[${complementary.join()}]}`,
      );
      const name = nameOf({ id: product.id, market });
      const page = { bytes, category: product.category, leansOn };
      if (!meanwhile.isAnotherServer && !hasChanged(page, meanwhile)) this.#keep(name, page);
      return [name, bytes];
    });
  }

  #neighboursIn(market: Market): Map<string, string> {
    const name = marketOf({ market });
    const known = this.#neighbours.getOrInsertComputed(name, () => new Map());
    const count = this.#neighbours.values().reduce((sum, { size }) => sum + size, 0);
    if (count < MOST_NEIGHBOURS && this.#neighbours.size <= MOST_MARKETS) return known;
    this.#neighbours.clear();
    return new Map();
  }

  #find(name: string): Buffer | undefined {
    const kept = this.#kept.get(name);
    if (!kept) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    return kept.bytes;
  }

  #keep(name: string, kept: Kept): void {
    this.#forget(name);
    this.#kept.set(name, kept);
    this.#bytes += sizeOf(kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    const kept = this.#kept.get(name);
    if (!kept) return;
    this.#kept.delete(name);
    this.#bytes -= sizeOf(kept);
  }

  /** Forgets what has changed. `own`: what is asked for behind it on the same connection, which it cannot make old. */
  async #hear(db: Db, own?: Meanwhile): Promise<void> {
    const look = ++this.#begun;
    const [from, since] = [this.#server, this.#upto];
    const { server, upto, changes } = await lookForChanges(db, since);
    // One that was begun later has heard all that this one was to hear.
    if (look < this.#heardIn) return;
    this.#heardIn = look;
    const others = [...this.#underWay].filter((meanwhile) => meanwhile !== own);
    // Another server, or one that was restarted, need not have all that the one before had, nor count on where that left off.
    const isSame = server === from && server === this.#server && BigInt(upto) >= BigInt(since);
    if (isSame) {
      const fresh = changes.filter(({ id, changed_in }) => this.#heard.get(id) !== changed_in);
      this.#heard = new Map(changes.map(({ id, changed_in }) => [id, changed_in]));
      if (fresh.length > 0) this.#forgetAll(fresh, others);
    } else {
      this.#kept.clear();
      this.#neighbours.clear();
      this.#bytes = 0;
      this.#heard = new Map();
      for (const meanwhile of others) meanwhile.isAnotherServer = true;
    }
    this.#server = server;
    this.#upto = upto;
  }

  #forgetAll(fresh: readonly Change[], others: readonly Meanwhile[]): void {
    const [ids, categories] = [new Set(fresh.map(({ id }) => id)), new Set(fresh.map((change) => change.category_id))];
    for (const [name, page] of this.#kept) if (hasChanged(page, { ids, categories })) this.#forget(name);
    for (const known of this.#neighbours.values()) for (const id of ids) known.delete(id);
    for (const meanwhile of others) {
      for (const id of ids) meanwhile.ids.add(id);
      for (const category of categories) meanwhile.categories.add(category);
    }
  }
}

interface Changed {
  readonly ids: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
}

function hasChanged(page: Kept, { ids, categories }: Changed): boolean {
  return categories.has(page.category) || page.leansOn.some((id) => ids.has(id));
}

function toJson(summary: ProductSummary): string {
  return JSON.stringify(encode(productSummary, summary));
}

/** Of what is asked for, each once, market by market. */
function readRows(db: Db, asked: readonly Asked[]): Promise<OwnRows[]> {
  return Promise.all(
    [...Map.groupBy(asked, marketOf).values()].map((alike) =>
      readOwn(db, [...new Set(alike.map(({ id }) => id))], alike[0]?.market ?? {}),
    ),
  );
}

function marketOf({ market }: Pick<Asked, "market">): string {
  return `${market.currency ?? ""} ${market.region ?? ""}`;
}

function nameOf(asked: Asked): string {
  return `${asked.id} ${marketOf(asked)}`;
}

function sizeOf({ bytes }: Kept): number {
  return bytes.length + BESIDE_BYTES;
}
