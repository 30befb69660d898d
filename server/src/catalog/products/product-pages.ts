import { encode } from "zod";

import { type Db, onOneConnection } from "../../platform/db.ts";
import { Gather } from "../../platform/gather.ts";
import { type Market, type ProductSummary, product as pageSchema } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { findChangesSince, readNow } from "./queries/page-changes.pg.ts";
import { readPages } from "./read-pages.ts";

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
const MOST_SUMMARIES = 20_000;
const MOST_MARKETS = 20;
/** One at a time, so that nothing is kept that was read before a change which was heard of meanwhile. */
const TOGETHER = { most: 50, atOnce: 1, apartMs: 4 };

/**
 * The pages of products as they are sent, made once for each version of what they show. Before each answer the database
 * tells what was changed by transactions that it did not know of the last time, whoever wrote them: what was committed
 * before a page was asked for is in it.
 */
export class ProductPages {
  readonly #db: Db;
  readonly #gather = new Gather<Asked, Buffer | undefined>((asked) => this.#answer(asked), TOGETHER);
  /** The one asked for longest ago comes first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  /** What stands beside others, by market and id. */
  readonly #summaries = new Map<string, Map<string, ProductSummary>>();
  #server = "";
  /** Where the next look for changes begins, and what the last one found: it is found again until that moves on. */
  #upto = 0n;
  #heard = new Map<string, string>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** A page as JSON. */
  async read(id: string, market: Market): Promise<Buffer> {
    const page = await this.#gather.ask({ id, market });
    if (!page) throw refuse("product_not_found");
    return page;
  }

  #answer(asked: readonly Asked[]): Promise<(Buffer | undefined)[]> {
    return onOneConnection(this.#db, async (db) => {
      await this.#forgetChanged(db);
      const pages = new Map<string, Buffer>();
      const missing = new Map<string, Asked>();
      for (const one of asked) {
        const bytes = this.#find(nameOf(one));
        if (bytes) pages.set(nameOf(one), bytes);
        else missing.set(nameOf(one), one);
      }
      for (const alike of Map.groupBy(missing.values(), marketOf).values())
        for (const [name, bytes] of await this.#make(db, alike)) pages.set(name, bytes);
      return asked.map((one) => pages.get(nameOf(one)));
    });
  }

  async #make(db: Db, asked: readonly Asked[]): Promise<[string, Buffer][]> {
    const market = asked[0]?.market ?? {};
    const ids = asked.map(({ id }) => id);
    return (await readPages(db, ids, market, this.#summariesOf(market))).map(({ product, leansOn }) => {
      const bytes = Buffer.from(JSON.stringify(encode(pageSchema, product)));
      const name = nameOf({ id: product.id, market });
      this.#keep(name, { bytes, category: product.category, leansOn });
      return [name, bytes];
    });
  }

  #summariesOf(market: Market): Map<string, ProductSummary> {
    const name = marketOf({ market });
    const known = this.#summaries.getOrInsertComputed(name, () => new Map());
    const count = this.#summaries.values().reduce((sum, { size }) => sum + size, 0);
    if (count < MOST_SUMMARIES && this.#summaries.size <= MOST_MARKETS) return known;
    this.#summaries.clear();
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
    this.#kept.set(name, kept);
    this.#bytes += sizeOf(kept);
    for (const [oldest, page] of this.#kept) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest, page);
    }
  }

  #forget(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#bytes -= sizeOf(kept);
  }

  async #forgetChanged(db: Db): Promise<void> {
    const { server, upto, newest } = await readNow(db);
    // Another server, or one that was restarted, need not have all that the one before had.
    const isAnother = server !== this.#server || BigInt(upto) < this.#upto;
    if (!isAnother && newest !== null && BigInt(newest) >= this.#upto) {
      const changes = await findChangesSince(db, this.#upto.toString());
      const fresh = changes.filter(({ id, changed_in }) => this.#heard.get(id) !== changed_in);
      this.#heard = new Map(changes.map(({ id, changed_in }) => [id, changed_in]));
      const ids = new Set(fresh.map(({ id }) => id));
      const categories = new Set(fresh.map(({ category_id }) => category_id));
      for (const [name, page] of this.#kept)
        if (categories.has(page.category) || page.leansOn.some((id) => ids.has(id))) this.#forget(name, page);
      for (const known of this.#summaries.values()) for (const id of ids) known.delete(id);
    } else if (isAnother) {
      this.#kept.clear();
      this.#summaries.clear();
      this.#bytes = 0;
      this.#heard = new Map();
    }
    this.#server = server;
    this.#upto = BigInt(upto);
  }
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
