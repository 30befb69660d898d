import { createRandom, type Random } from "../random.ts";
import { type Language, nameBooks } from "./names.ts";
import { type Place, places } from "./places.ts";

/** How somebody meets the shop: decides channels, devices and whether they ever buy. */
export type Habit = "looks" | "buys" | "in-store" | "guest";

export interface Person {
  readonly index: number;
  readonly habit: Habit;
  readonly language: Language;
  readonly place: Place;
  readonly firstName: string;
  /** Many Indonesians have one name only. */
  readonly lastName: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly birthday: string | null;
  /** The retailer's customer number; guests have none. */
  readonly userId: string | null;
  readonly loyaltyId: string | null;
}

const LANGUAGES: readonly Language[] = ["tr", "id", "en"];
const LANGUAGE_WEIGHTS = [52, 22, 26];
const HABITS: readonly Habit[] = ["looks", "buys", "in-store", "guest"];
const HABIT_WEIGHTS = [0.27, 0.52, 0.1, 0.11];
/** Reserved for examples by RFC 2606: no mail can reach anybody. */
const DOMAINS = ["example.com", "example.com", "example.org", "example.net", "posta.example", "surat.example"];

/** The demo's people, all at once, since addresses and phones must differ where names do not. */
export function makePeople(seed: string, count: number): Person[] {
  const taken = new Map<string, number>();
  const phones: Record<Language, number> = { tr: 0, id: 0, en: 0 };
  return Array.from({ length: count }, (_, index) =>
    makePerson(createRandom(`${seed}/person/${index}`), index, taken, phones),
  );
}

function makePerson(
  random: Random,
  index: number,
  taken: Map<string, number>,
  phones: Record<Language, number>,
): Person {
  const habit = HABITS[random.weighted(HABIT_WEIGHTS)] ?? "buys";
  // The stores are in Turkey and Indonesia, and so are those who buy nowhere else.
  const language = LANGUAGES[random.weighted(habit === "in-store" ? [7, 3, 0] : LANGUAGE_WEIGHTS)] ?? "en";
  const town = places[language];
  const book = nameBooks[language];
  const firstName = pickFrequent(random, book.given);
  const hasOneName = language === "id" && random.chance(0.08);
  const lastName = hasOneName ? null : pickFrequent(random, book.family);
  const hasCard = habit === "in-store" || (habit === "buys" && random.chance(0.35));
  const wantsPhone = random.chance(habit === "guest" ? 0.2 : 0.55);
  return {
    index,
    habit,
    language,
    place: town[random.weighted(town.map((place) => place.weight))] ?? town[0] ?? fail(),
    firstName,
    lastName,
    email: makeEmail(random, firstName, lastName, taken),
    phone: wantsPhone ? makePhone(language, phones) : null,
    birthday: random.chance(0.6) ? makeBirthday(random) : null,
    userId: habit === "guest" ? null : `cus_${10_000 + index}`,
    loyaltyId: hasCard ? `9900${String(100_000 + index * 7).padStart(8, "0")}` : null,
  };
}

/** Earlier names are commoner, as in every country. */
function pickFrequent(random: Random, names: readonly string[]): string {
  return names[Math.floor(random.next() ** 1.7 * names.length)] ?? names[0] ?? fail();
}

function makeEmail(random: Random, first: string, last: string | null, taken: Map<string, number>): string {
  const parts = [first, last ?? ""].map(toAscii).filter(Boolean);
  const local = random.chance(0.7) ? parts.join(".") : `${parts[0]?.[0] ?? "x"}${parts.at(-1)}`;
  const domain = random.pick(DOMAINS);
  const seen = taken.get(`${local}@${domain}`) ?? 0;
  taken.set(`${local}@${domain}`, seen + 1);
  return seen === 0 ? `${local}@${domain}` : `${local}${seen + 1}@${domain}`;
}

const LETTERS: Readonly<Record<string, string>> = { ı: "i", ł: "l", ø: "o", ß: "ss" };

function toAscii(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[ıłøß]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "");
}

/**
 * Numbers that reach nobody: Ofcom's range for drama (+44 7700 900000 to 900999) and, as Turkey and Indonesia set no
 * such range aside, numbers whose first digit after the country code, 1, no subscriber there has.
 */
function makePhone(language: Language, phones: Record<Language, number>): string | null {
  const n = phones[language]++;
  if (language === "tr") return `+90155${String(n).padStart(7, "0")}`;
  if (language === "id") return `+62155${String(n).padStart(8, "0")}`;
  return n < 1000 ? `+447700900${String(n).padStart(3, "0")}` : null;
}

function makeBirthday(random: Random): string {
  const age = Math.min(84, Math.max(18, Math.round(random.logNormal(Math.log(35), 0.32))));
  return `${2025 - age}-${String(random.int(1, 12)).padStart(2, "0")}-${String(random.int(1, 28)).padStart(2, "0")}`;
}

function fail(): never {
  throw new RangeError("the lists of names and places are not empty");
}
