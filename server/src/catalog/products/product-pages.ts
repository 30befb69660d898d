import { encode } from "zod";

import { type Db, onOneConnection } from "../../platform/db.ts";
import { Gather } from "../../platform/gather.ts";
import { type Market, type ProductSummary, productSummary, product as wholePage } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { findChangesSince, type Now, readNow } from "./queries/page-changes.pg.ts";
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
  /** What stands beside others, by market and id, as JSON: one product stands on many pages. */
  readonly #neighbours = new Map<string, Map<string, string>>();
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
      const unknown = asked.filter((one) => !this.#kept.has(nameOf(one)));
      // In one exchange, and in this order: what is read is at least as new as the look for changes.
      const [now, rows] = await Promise.all([readNow(db), readRows(db, unknown)]);
      await this.#forgetChanged(db, now);
      const pages = new Map(asked.map((one) => [nameOf(one), this.#find(nameOf(one))]));
      const changed = asked.filter((one) => pages.get(nameOf(one)) === undefined && !unknown.includes(one));
      for (const own of [...rows, ...(await readRows(db, changed))])
        for (const [name, bytes] of await this.#make(db, own)) pages.set(name, bytes);
      return asked.map((one) => pages.get(nameOf(one)));
    });
  }

  async #make(db: Db, rows: OwnRows): Promise<[string, Buffer][]> {
    const { market } = rows;
    const made = await makePages(db, rows, this.#neighboursIn(market), toJson);
    return made.map(({ product, related, complementary, leansOn }) => {
      const own = JSON.stringify(encode(ownPart, product));
      const bytes = Buffer.from(
        `${own.slice(0, -1)},"related":[${related.join()}],"complementary":[${complementary.join()}]}`,
      );
      const name = nameOf({ id: product.id, market });
      this.#keep(name, { bytes, category: product.category, leansOn });
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

  async #forgetChanged(db: Db, { server, upto, newest }: Now): Promise<void> {
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
      for (const known of this.#neighbours.values()) for (const id of ids) known.delete(id);
    } else if (isAnother) {
      this.#kept.clear();
      this.#neighbours.clear();
      this.#bytes = 0;
      this.#heard = new Map();
    }
    this.#server = server;
    this.#upto = BigInt(upto);
  }
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
