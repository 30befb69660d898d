import { foldSearchText } from "../fold-search-text.ts";

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text as they are written, in small letters. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Stems shorter than this, or than half of their word, say too little: `koltuk` is no `kol`. */
const SHORTEST = 4;

/** Word and stems as they are compared; each once, the word first. */
export function formsOf(word: string, stems: readonly string[]): string[] {
  const folded = foldSearchText(word);
  const kept = stems
    .map(foldSearchText)
    .filter((stem) => stem.length >= SHORTEST && stem.length * 2 > folded.length && !stem.includes(" "));
  return [...new Set([folded, ...kept])].filter(Boolean);
}
