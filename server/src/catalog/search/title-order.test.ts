import fc from "fast-check";
import { expect, test } from "vitest";

import { LANGUAGES } from "../contracts.ts";
import { ALPHABETS, comparedTitles, TitleOrder } from "./title-order.ts";

/** CLDR, common/collation/tr.xml: c < ç, g < ğ, ı before i, o < ö, s < ş, u < ü. */
const TURKISH = [..."abcçdefgğhıijklmnoöprsştuüvyz"];

interface One {
  readonly id: string;
  readonly titles: ReturnType<typeof comparedTitles>;
  readonly ranks: { en: number; tr: number; id: number };
}

function one(id: string, title: string, titles: Record<string, string> = {}): One {
  return { id, titles: comparedTitles(title, titles), ranks: { en: -1, tr: -1, id: -1 } };
}

const inOrder = (all: readonly One[], language: "en" | "tr" | "id") =>
  all.toSorted((a, b) => a.ranks[language] - b.ranks[language]);

test("CAT-29 the 29 Turkish letters stand as in the Turkish alphabet, also as capitals and inside words", () => {
  for (const written of [
    TURKISH,
    TURKISH.map((letter) => letter.toLocaleUpperCase("tr")),
    TURKISH.map((letter) => `ka${letter}a`),
  ]) {
    expect(written.toReversed().toSorted(ALPHABETS.tr.compare)).toEqual(written);
  }
  const words = ["cam", "çam", "dağ", "ışık", "İnci", "izmir", "oda", "ödül", "sal", "şal", "uç", "üç", "zil"];
  expect(words.toReversed().toSorted(ALPHABETS.tr.compare)).toEqual(words);
  // Elsewhere they are accented letters: a word further on in the alphabet decides.
  for (const language of ["en", "id"] as const)
    expect(["çam", "cem", "şal", "sol", "üç", "us"].toSorted(ALPHABETS[language].compare)).toEqual([
      "çam",
      "cem",
      "şal",
      "sol",
      "üç",
      "us",
    ]);
});

test("CAT-29 what comes, goes and is renamed in any sets stands as if all were sorted anew, and a page goes on there", () => {
  const word = fc.stringMatching(/^[acçgğhıiİoöşz10 ]{0,4}$/);
  const step = fc.record({
    added: fc.array(fc.tuple(word, word), { maxLength: 8 }),
    gone: fc.array(fc.nat(), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), word, (steps, asked) => {
      const order = new TitleOrder<One>();
      let all: One[] = [];
      let serial = 100;
      for (const { added, gone } of steps) {
        const left = new Set(gone.flatMap((n) => all[n % all.length] ?? []));
        const come = added.map(([title, tr]) => one(String(++serial), title, { tr }));
        all = [...all.filter((known) => !left.has(known)), ...come];
        order.change([...left], come);
      }
      for (const language of LANGUAGES) {
        const { compare } = ALPHABETS[language];
        const sorted = all.toSorted(
          (a, b) => compare(a.titles[language], b.titles[language]) || Number(b.id) - Number(a.id),
        );
        expect(inOrder(all, language)).toEqual(sorted);
        const before = sorted.filter(({ id, titles }) => {
          const side = compare(titles[language], asked);
          return side < 0 || (side === 0 && id >= "104");
        });
        const from = order.behind(language, asked, "104");
        expect(sorted.filter(({ ranks }) => ranks[language] < from)).toEqual(before);
      }
    }),
  );
});

test("CAT-29 however many come between the same two, there is room for them", () => {
  const order = new TitleOrder<One>();
  const ends = [one("1", "a"), one("2", "z")];
  order.change([], ends);
  const come = Array.from({ length: 300 }, (_, i) => one(String(i + 100), "m"));
  for (const next of come) order.change([], [next]);
  expect(inOrder([...come, ...ends], "tr")).toEqual([ends[0], ...come.toReversed(), ends[1]]);
  expect(new Set(come.map(({ ranks }) => ranks.tr)).size).toBe(300);
});

test("a title that a cursor could not carry is compared by its beginning", () => {
  const { tr } = comparedTitles(`a\u0000${"😀".repeat(200)}`, {});
  expect(Buffer.from(JSON.stringify([tr, "0".repeat(36)])).toString("base64url").length).toBeLessThanOrEqual(500);
  const { en } = comparedTitles("字".repeat(500), {});
  expect(Buffer.from(JSON.stringify([en, "0".repeat(36)])).toString("base64url").length).toBeLessThanOrEqual(500);
});
