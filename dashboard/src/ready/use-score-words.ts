import { useTranslation } from "react-i18next";

import { minorDigits, useFormat } from "../i18n/format.ts";
import { speakerOf } from "../segments/sentences/speaker.ts";
import type { Rfm } from "./queries.ts";
import { frequencyMeaning, monetaryMeaning, recencyMeaning, type ScoreMeaning } from "./score-words.ts";

type Version = NonNullable<Rfm["version"]>;

/** What each score means, in the reader's words: "within the last 12 days", "3 to 4 orders", "more than ₺1,200". */
export function useScoreWords(version: Version, windowDays: number) {
  const { i18n } = useTranslation();
  const format = useFormat();
  const { say } = speakerOf(i18n);
  const tell = (axis: "recency" | "frequency" | "monetary", meaning: ScoreMeaning, show: (value: number) => string) => {
    const { says, ...numbers } = meaning;
    const shown = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, show(value)]));
    return says === "nobody"
      ? say("rfm.nobody")
      : say(`rfm.words.${axis}.${says}`, { count: countOf(meaning), ...shown });
  };
  return {
    recency: (score: number) => tell("recency", recencyMeaning(score, version.recency, windowDays), format.number),
    frequency: (score: number) => tell("frequency", frequencyMeaning(score, version.frequency), format.number),
    monetary: (score: number, currency: string, amounts: readonly number[]) =>
      tell("monetary", monetaryMeaning(score, amounts), (amount) =>
        format.money({ amount: Math.round(amount * 10 ** minorDigits(currency)), currency }),
      ),
  };
}

/** The number that decides between one and many. */
function countOf(meaning: ScoreMeaning): number {
  if ("days" in meaning) return meaning.days;
  if ("to" in meaning) return meaning.to;
  return "from" in meaning ? meaning.from : 0;
}
