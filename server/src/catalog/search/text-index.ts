import SearchableMap from "minisearch/SearchableMap";

/** A word asked for: as it is written, and what it is compared by (folded, and its stems). */
export interface AskedWord {
  readonly word: string;
  readonly forms: readonly string[];
}

export interface Matches {
  /** By document, above 0 where it matched. */
  readonly scores: Float32Array;
  /** Words that were misspelt, and what they were taken for. */
  readonly corrections: ReadonlyMap<string, string>;
}

/** How much a match counts by where it stands: title, brand and category, anything else. */
const WEIGHTS = [3, 2, 1] as const;
type Place = 0 | 1 | 2;
const AS_STEM = 0.8;
const AS_BEGINNING = 0.6;
const MISSPELT = 0.5;
const SHORTEST_BEGINNING = 2;
const MOST_TERMS = 64;

/**
 * Which documents hold which words. Documents are numbers that only grow; one that changed is put in anew under a new
 * number. The terms lie in the radix tree of minisearch, which finds beginnings and misspelt words.
 */
export class TextIndex {
  /** Of a term: document * 4 + place, in the order of documents. */
  readonly #terms = new SearchableMap<number[]>();
  /** How a folded word is written. */
  readonly #written = new Map<string, string>();
  /** A word that a stem comes from. */
  readonly #stemOf = new Map<string, string>();
  #size = 0;

  /** The number of the new document. */
  add(places: readonly (readonly AskedWord[])[]): number {
    const document = this.#size++;
    const seen = new Set<string>();
    for (const [place, words] of places.entries()) {
      for (const { word, forms } of words) {
        const [folded] = forms;
        if (folded !== undefined) this.#written.set(folded, word);
        for (const form of forms) {
          if (form !== folded && !this.#stemOf.has(form)) this.#stemOf.set(form, word);
          if (seen.has(form)) continue;
          seen.add(form);
          this.#terms.fetch(form, () => []).push(document * 4 + place);
        }
      }
    }
    return document;
  }

  get size(): number {
    return this.#size;
  }

  /** Documents that hold every word: as it is, a form of it, its beginning; misspelt only where nothing else is found. */
  match(words: readonly AskedWord[]): Matches {
    const exact = this.#matchAll(words, () => false);
    const misspelt = words.map((asked) => this.#termsOf(asked).size === 0);
    if (exact.found > 0 || words.length === 0) return exact;
    const some = misspelt.includes(true);
    const found = this.#matchAll(words, (i) => misspelt[i] === true || !some);
    // Each word is there, but not together: perhaps one of them was meant otherwise.
    return found.found > 0 || !some ? found : this.#matchAll(words, () => true);
  }

  /** Words that begin so, the most frequent first. */
  complete(beginning: string, most: number): string[] {
    if (beginning === "") return [];
    const found: [string, number][] = [];
    for (const [term, list] of this.#terms.atPrefix(beginning)) {
      const word = this.#written.get(term);
      if (word !== undefined) found.push([word, list.length]);
    }
    return found
      .sort(([a, n], [b, m]) => m - n || a.length - b.length)
      .slice(0, most)
      .map(([word]) => word);
  }

  #matchAll(words: readonly AskedWord[], isLoose: (i: number) => boolean): Matches & { readonly found: number } {
    const scores = new Float32Array(this.#size);
    const counts = new Uint8Array(this.#size);
    const corrections = new Map<string, string>();
    for (const [i, asked] of words.entries()) {
      let terms = this.#termsOf(asked);
      if (isLoose(i)) {
        const likely = this.#misspelt(asked);
        const [best] = likely.keys();
        if (terms.size === 0 && best !== undefined)
          corrections.set(asked.word, this.#written.get(best) ?? this.#stemOf.get(best) ?? best);
        terms = new Map([...likely, ...terms]);
      }
      const own = new Float32Array(this.#size);
      for (const [term, weight] of terms) {
        const list = this.#terms.get(term) ?? [];
        const rare = Math.log(1 + this.#size / (1 + list.length));
        for (const entry of list) {
          const score = weight * WEIGHTS[(entry & 3) as Place] * (0.5 + rare);
          const document = entry >>> 2;
          if (score > (own[document] ?? 0)) own[document] = score;
        }
      }
      for (let document = 0; document < this.#size; document++) {
        const score = own[document] ?? 0;
        if (score === 0) continue;
        scores[document] = (scores[document] ?? 0) + score;
        counts[document] = (counts[document] ?? 0) + 1;
      }
    }
    let found = 0;
    for (let document = 0; document < this.#size; document++) {
      if (counts[document] === words.length) found += 1;
      else scores[document] = 0;
    }
    return { scores, corrections, found };
  }

  #termsOf({ forms }: AskedWord): Map<string, number> {
    const terms = new Map<string, number>();
    const [word = ""] = forms;
    if (word.length >= SHORTEST_BEGINNING) {
      for (const term of this.#terms.atPrefix(word).keys()) {
        if (terms.size >= MOST_TERMS) break;
        terms.set(term, (AS_BEGINNING * (1 + word.length / term.length)) / 2);
      }
    }
    for (const form of forms) if (this.#terms.has(form)) terms.set(form, form === word ? 1 : AS_STEM);
    return terms;
  }

  /** The nearest words first. Two letters next to each other that changed places are two edits. */
  #misspelt({ forms }: AskedWord): Map<string, number> {
    const [word = ""] = forms;
    const edits = /\d/.test(word) || word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
    if (edits === 0) return new Map();
    const near = [...this.#terms.fuzzyGet(word, edits)]
      .map(([term, [list, distance]]) => ({ term, distance, n: list.length }))
      .sort(
        (a, b) => a.distance - b.distance || Number(b.term[0] === word[0]) - Number(a.term[0] === word[0]) || b.n - a.n,
      );
    const nearest = near[0]?.distance;
    return new Map(
      near
        .filter(({ distance }) => distance === nearest)
        .slice(0, MOST_TERMS)
        .map(({ term, distance }) => [term, MISSPELT / (1 + distance)]),
    );
  }
}
