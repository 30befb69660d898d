import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Words = { [key: string]: string | Words };
const read = (language: string, folder: string): Words =>
  JSON.parse(readFileSync(new URL(`${folder}/${language}.json`, import.meta.url), "utf8"));

/** Keys without plural endings, which differ from language to language; colours have no English words of their own. */
function keysOf(words: Words, path = ""): string[] {
  return Object.entries(words)
    .filter(([key]) => path !== "" || key !== "color")
    .flatMap(([key, value]) =>
      typeof value === "string" ? [`${path}${key.replace(/_(one|other)$/, "")}`] : keysOf(value, `${path}${key}.`),
    );
}

describe.each([".", "../lists/locales"])("%s", (folder) => {
  test.each(["tr", "id"])("%s says everything that English says", (language) => {
    expect(new Set(keysOf(read(language, folder)))).toEqual(new Set(keysOf(read("en", folder))));
  });
});
