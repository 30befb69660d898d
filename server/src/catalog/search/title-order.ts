import { LANGUAGES, type SearchLanguage } from "../contracts.ts";

/** Of each language its alphabet as CLDR has it; numbers stand by their value. */
export const ALPHABETS: Readonly<Record<SearchLanguage, Intl.Collator>> = {
  en: new Intl.Collator("en", { numeric: true }),
  tr: new Intl.Collator("tr", { numeric: true }),
  id: new Intl.Collator("id", { numeric: true }),
};

/** Titles are compared to here: what a cursor can carry. */
const COMPARED = 100;

/** A product in the orders of the languages. */
export interface Titled {
  readonly id: string;
  /** By language, as far as they are compared. */
  readonly titles: Readonly<Record<SearchLanguage, string>>;
  /** Where it stands by its title; moves with what comes and goes. */
  readonly ranks: Record<SearchLanguage, number>;
}

type Standing = Pick<Titled, "id" | "titles">;

/** The titles as each language's reader sees them: her own, else the one in the catalogue's first language. */
export function comparedTitles(title: string, titles: Readonly<Record<string, string>>): Titled["titles"] {
  const own = (language: SearchLanguage) => compared(titles[language] ?? title);
  return { en: own("en"), tr: own("tr"), id: own("id") };
}

function compared(title: string): string {
  return title.slice(0, COMPARED).replace(/\p{C}/gu, " ");
}

/**
 * All products by title, per language. They are compared when they change, a few against the many that stand already;
 * a search compares ranks. Of equal titles the newest stands first: ids grow with time.
 */
export class TitleOrder<T extends Titled> {
  readonly #standing = new Map<SearchLanguage, readonly T[]>(LANGUAGES.map((language) => [language, []]));

  change(gone: readonly T[], added: readonly T[]): void {
    for (const [language, before] of this.#standing) {
      const order = orderIn(language);
      this.#standing.set(language, insert(remove(before, gone, order), added, order, language));
    }
  }

  /** The rank from which on they stand behind this one, whether or not it still stands there. */
  behind(language: SearchLanguage, title: string, id: string): number {
    const standing = this.#standing.get(language) ?? [];
    const at = placeIn(standing, { id, titles: { en: title, tr: title, id: title } }, orderIn(language));
    return standing[at]?.ranks[language] ?? Number.POSITIVE_INFINITY;
  }
}

type Order = (a: Standing, b: Standing) => number;

function orderIn(language: SearchLanguage): Order {
  const { compare } = ALPHABETS[language];
  return (a, b) => compare(a.titles[language], b.titles[language]) || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);
}

/** How many of them stand before or at this place. */
function placeIn(standing: readonly Standing[], one: Standing, order: Order): number {
  let [low, high] = [0, standing.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(standing[middle] as Standing, one) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function remove<T extends Titled>(standing: readonly T[], gone: readonly T[], order: Order): readonly T[] {
  if (gone.length === 0) return standing;
  const parts: (readonly T[])[] = [];
  let from = 0;
  for (const one of gone.toSorted(order)) {
    const upto = placeIn(standing, one, order);
    parts.push(standing.slice(from, upto - 1));
    from = upto;
  }
  return joined(parts, standing.slice(from));
}

/** Only who comes gets a rank, between the neighbours; when there is no room left, all do. */
function insert<T extends Titled>(
  standing: readonly T[],
  added: readonly T[],
  order: Order,
  language: SearchLanguage,
): readonly T[] {
  const parts: (readonly T[])[] = [];
  let from = 0;
  let hasRoom = true;
  for (const [place, come] of Map.groupBy(added.toSorted(order), (one) => placeIn(standing, one, order))) {
    const gap = come.length + 1;
    const high = standing[place]?.ranks[language];
    const low = standing[place - 1]?.ranks[language] ?? (high ?? 0) - gap;
    const step = ((high ?? low + gap) - low) / gap;
    let before = low;
    for (const [i, one] of come.entries()) {
      const rank = low + step * (i + 1);
      hasRoom &&= rank > before && (high === undefined || rank < high);
      one.ranks[language] = rank;
      before = rank;
    }
    parts.push(standing.slice(from, place), come);
    from = place;
  }
  const all = joined(parts, standing.slice(from));
  if (!hasRoom) for (const [rank, one] of all.entries()) one.ranks[language] = rank;
  return all;
}

function joined<T>(parts: readonly (readonly T[])[], last: readonly T[]): readonly T[] {
  return parts.length === 0 ? last : ([] as T[]).concat(...parts, last);
}
