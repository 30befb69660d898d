import SearchableMap from "minisearch/SearchableMap";

/** A word asked for: as it is written, and what it is compared by (folded, and its stems). */
export interface AskedWord {
  readonly word: string;
  readonly forms: readonly string[];
}

export interface Match {
  readonly document: number;
  readonly score: number;
}

export interface Matches {
  /** In the order of their documents. */
  readonly found: readonly Match[];
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

interface Room {
  readonly scores: Float32Array;
  /** The best of one word. */
  readonly best: Float32Array;
  /** How many of the words, from the first on. */
  readonly held: Uint8Array;
}

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
    if (exact.found.length > 0 || words.length === 0) return exact;
    const some = misspelt.includes(true);
    const found = this.#matchAll(words, (i) => misspelt[i] === true || !some);
    // Each word is there, but not together: perhaps one of them was meant otherwise.
    return found.found.length > 0 || !some ? found : this.#matchAll(words, () => true);
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

  #matchAll(words: readonly AskedWord[], isLoose: (i: number) => boolean): Matches {
    const { scores, best, held } = this.#roomFor(this.#size);
    const corrections = new Map<string, string>();
    /** Documents that hold all words so far. */
    let holders: number[] = [];
    let first: readonly number[] = holders;
    for (const [i, asked] of words.entries()) {
      let terms = this.#termsOf(asked);
      if (isLoose(i)) {
        const likely = this.#misspelt(asked);
        const [nearest] = likely.keys();
        if (terms.size === 0 && nearest !== undefined)
          corrections.set(asked.word, this.#written.get(nearest) ?? this.#stemOf.get(nearest) ?? nearest);
        terms = new Map([...likely, ...terms]);
      }
      holders = [];
      for (const [term, weight] of terms) {
        const list = this.#terms.get(term) ?? [];
        const rare = weight * (0.5 + Math.log(1 + this.#size / (1 + list.length)));
        for (const entry of list) {
          const document = entry >>> 2;
          const upto = held[document] as number;
          if (upto < i) continue;
          const score = rare * WEIGHTS[(entry & 3) as Place];
          if (upto === i) {
            held[document] = i + 1;
            best[document] = score;
            holders.push(document);
          } else if (score > (best[document] as number)) best[document] = score;
        }
      }
      for (const document of holders) scores[document] = (scores[document] as number) + (best[document] as number);
      if (i === 0) first = holders;
    }
    const found = holders.sort((a, b) => a - b).map((document) => ({ document, score: scores[document] as number }));
    for (const document of first) {
      scores[document] = 0;
      held[document] = 0;
    }
    return { found, corrections };
  }

  /** Per document, while words are looked for; all 0 in between, because clearing 20,000 costs more than a search. */
  #room: Room = { scores: new Float32Array(0), best: new Float32Array(0), held: new Uint8Array(0) };

  #roomFor(documents: number): Room {
    if (this.#room.held.length < documents) {
      const size = documents * 2;
      this.#room = { scores: new Float32Array(size), best: new Float32Array(size), held: new Uint8Array(size) };
    }
    return this.#room;
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
