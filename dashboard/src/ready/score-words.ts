import type { Rfm } from "./queries.ts";

/** What a score means on an axis, as a key of words and the numbers in it. `nobody`: ties have left the score empty. */
export type ScoreMeaning =
  | { readonly says: "within"; readonly days: number }
  | { readonly says: "ago"; readonly from: number; readonly to: number }
  | { readonly says: "exactly"; readonly from: number }
  | { readonly says: "between"; readonly from: number; readonly to: number }
  | { readonly says: "more"; readonly from: number }
  | { readonly says: "most"; readonly to: number }
  | { readonly says: "nobody" };

type Version = NonNullable<Rfm["version"]>;

/** Days since the last order: `bounds` for scores 2 to 5 are ages that it lies below. */
export function recencyMeaning(score: number, bounds: Version["recency"], windowDays: number): ScoreMeaning {
  const below = score === 1 ? windowDays : (bounds[score - 2] ?? 0);
  const from = score === 5 ? 0 : (bounds[score - 1] ?? 0);
  if (below <= from) return { says: "nobody" };
  return from === 0 ? { says: "within", days: below } : { says: "ago", from, to: below };
}

/** Orders within the window, in whole numbers: more than one bound and at most the next. */
export function frequencyMeaning(score: number, bounds: Version["frequency"]): ScoreMeaning {
  const from = score === 1 ? 1 : (bounds[score - 2] ?? 0) + 1;
  if (score === 5) return { says: "more", from };
  const to = bounds[score - 1] ?? 0;
  if (to < from) return { says: "nobody" };
  return to === from ? { says: "exactly", from } : { says: "between", from, to };
}

/** An amount within the window: more than one bound and at most the next. */
export function monetaryMeaning(score: number, bounds: readonly number[]): ScoreMeaning {
  const over = score === 1 ? null : (bounds[score - 2] ?? 0);
  const to = score === 5 ? null : (bounds[score - 1] ?? 0);
  if (over === null) return { says: "most", to: to ?? 0 };
  if (to === null) return { says: "more", from: over };
  return to <= over ? { says: "nobody" } : { says: "between", from: over, to };
}
