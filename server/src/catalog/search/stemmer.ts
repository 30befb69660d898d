import type { Db } from "../../platform/db.ts";
import { loadStems } from "./queries/load-entries.pg.ts";
import { formsOf } from "./read-words.ts";
import type { AskedWord } from "./text-index.ts";

/** A shop has some ten thousand words; those that people type are more. */
const MOST_KEPT = 200_000;
const AT_ONCE = 5_000;

/** Words and their stems. Each word is asked for once: PostgreSQL knows how Turkish and Indonesian bend. */
export class Stemmer {
  readonly #db: Db;
  readonly #known = new Map<string, AskedWord>();

  constructor(db: Db) {
    this.#db = db;
  }

  async read(words: readonly string[]): Promise<Map<string, AskedWord>> {
    const missing = [...new Set(words)].filter((word) => !this.#known.has(word));
    if (this.#known.size + missing.length > MOST_KEPT) this.#known.clear();
    const fresh = new Map<string, AskedWord>();
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      for (const { word, stems } of await loadStems(this.#db, missing.slice(from, from + AT_ONCE)))
        fresh.set(word, { word, forms: formsOf(word, stems) });
    }
    for (const [word, asked] of fresh) this.#known.set(word, asked);
    return new Map(
      words.flatMap((word) => {
        const asked = fresh.get(word) ?? this.#known.get(word);
        return asked ? [[word, asked] as const] : [];
      }),
    );
  }
}
