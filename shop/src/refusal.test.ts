import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KilimError } from "@kilim/sdk";
import i18next from "i18next";
import { expect, test } from "vitest";
import listWords from "./lists/locales/tr.json" with { type: "json" };
import words from "./locales/tr.json" with { type: "json" };
import { refusal } from "./refusal.ts";

test("a refusal is told in the reader's words, never in the server's", async () => {
  await i18next.init({ lng: "tr", resources: { tr: { translation: words, lists: listWords } } });
  const said = (code: string, t = i18next.t) => refusal(t, new KilimError(409, code, "Mend `errors`."), "otherwise");
  expect(said("sold_out")).toBe(words.refused.sold_out);
  expect(said("something_new")).toBe("otherwise");
  expect(refusal(i18next.t, new TypeError("fetch failed"), "otherwise")).toBe("otherwise");
  // The pages of the lists read their own words first.
  const onLists = i18next.getFixedT("tr", ["lists", "translation"]);
  expect(refusal(onLists, new KilimError(422, "list_full", ""), "")).toBe(listWords.refused.list_full);
  expect(refusal(onLists, new KilimError(409, "not_sold", ""), "")).toBe(words.refused.not_sold);
});

test("every refusal that has words is one that the server gives", () => {
  const rooms = new URL("../../server/src", import.meta.url).pathname;
  const files = readdirSync(rooms, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("errors.ts"));
  const catalogues = files.map((path) => readFileSync(join(rooms, path), "utf8")).join("\n");
  const known = new Set(catalogues.match(/^ {2}\w+(?=: \{)/gm)?.map((code) => code.trim()));
  for (const code of Object.keys({ ...words.refused, ...listWords.refused })) expect(known, code).toContain(code);
});
