import { expect, test } from "vitest";
import { foldSearchText as serversFold } from "../../../server/src/catalog/fold-search-text.ts";
import { foldSearchText } from "./fold-search-text.ts";

test.each([
  ["Ilgın spor ayakkabı", "ilgin spor ayakkabi"],
  ["ILGIN", "ilgin"],
  ["İZMİR", "izmir"],
  ["ıIiİ", "iiii"],
  ["ŞÖMİNE  Örgüsü — Çağla", "somine orgusu cagla"],
  ["i\u0307zmir g\u00f6l go\u0308l", "izmir gol gol"],
  ["Kâğıt, %100 pamuk!", "kagit 100 pamuk"],
  ["Sepatu lari anak-anak", "sepatu lari anak anak"],
  ["Crème brûlée Größe 42½", "creme brulee große 42½"],
  ["—", ""],
])("CAT-5 %j is compared as %j, here as at the server", (text, folded) => {
  expect(foldSearchText(text)).toBe(folded);
  expect(serversFold(text)).toBe(folded);
});
