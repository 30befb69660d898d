import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { COMPOSITION_KEYS, type CompositionView } from "../contracts.ts";
import { countPeople } from "../queries/people.pg.ts";
import { sampleEverybody, sampleMembers } from "../queries/sample-people.pg.ts";
import { readSegment } from "../read-segments.ts";
import type { LoadProfiles } from "../take-due.ts";
import { Composition, median } from "./composition.ts";

export interface CompositionDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly loadProfiles: LoadProfiles;
}

/** Up to so many people are looked at one by one; of more a sample is, good to about one part in a hundred. */
const MOST_ASKED = 5_000;
const PER_PAGE = 1_000;
const MOST_VALUES = 12;
const EVERYBODY_KEPT_MS = 5 * 60_000;

/** What a segment's people are like, beside everybody: channels, cities, orders, money, consent. */
export class CompositionReader {
  readonly #deps: CompositionDeps;
  #everybody: { readonly at: number; readonly composition: Composition } | null = null;

  constructor(deps: CompositionDeps) {
    this.#deps = deps;
  }

  async read(id: string): Promise<CompositionView> {
    const { db } = this.#deps;
    const { size } = await readSegment(db, id);
    const inside = await this.#compose(await sampleMembers(db, id, size, MOST_ASKED));
    const everybody = await this.#ofEverybody();
    return {
      size,
      asked: inside.people,
      is_sample: size > MOST_ASKED,
      dimensions: COMPOSITION_KEYS.map((key) => ({ key, values: beside(key, inside, everybody) })),
      money: [...inside.revenue].map(([currency, spent]) => ({
        currency,
        buyers: spent.length,
        average: Math.round(spent.reduce((sum, amount) => sum + amount, 0) / spent.length),
        median: median(spent),
        everybody_median: median(everybody.revenue.get(currency) ?? []),
      })),
    };
  }

  async #ofEverybody(): Promise<Composition> {
    const now = this.#deps.clock.now().epochMilliseconds;
    if (this.#everybody !== null && now - this.#everybody.at < EVERYBODY_KEPT_MS) return this.#everybody.composition;
    const people = await countPeople(this.#deps.db);
    const composition = await this.#compose(await sampleEverybody(this.#deps.db, people, MOST_ASKED));
    this.#everybody = { at: now, composition };
    return composition;
  }

  async #compose(ids: readonly string[]): Promise<Composition> {
    const composition = new Composition();
    for (let from = 0; from < ids.length; from += PER_PAGE) {
      const page = await this.#deps.loadProfiles(this.#deps.db, ids.slice(from, from + PER_PAGE));
      for (const profile of page.values()) composition.add(profile);
    }
    return composition;
  }
}

function beside(
  key: (typeof COMPOSITION_KEYS)[number],
  inside: Composition,
  everybody: Composition,
): CompositionView["dimensions"][number]["values"] {
  const counts = [...inside.of(key)]
    .sort(key === "orders" ? byBand : (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_VALUES);
  return counts.map(([value, people]) => ({
    value,
    people,
    share: people / inside.people,
    everybody_share: everybody.people === 0 ? 0 : (everybody.of(key).get(value) ?? 0) / everybody.people,
  }));
}

/** From none to many: bands have an order of their own. */
function byBand(a: readonly [string, number], b: readonly [string, number]): number {
  return Number.parseInt(a[0], 10) - Number.parseInt(b[0], 10);
}
