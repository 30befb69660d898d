/** A piece of a sentence: words, or a place that can be filled in another way. */
export interface Part {
  readonly text: string;
  /** What of the condition is said here: its path in the leaf, as the api names it in errors. */
  readonly slot?: string;
  /** Nothing has been chosen here yet; the text asks for it. */
  readonly isGap?: boolean;
}
export type Phrase = readonly Part[];

export const NOTHING: Phrase = [];

/** `{{event}} {{when}}` with phrases in its places, in whatever order a language wants them. */
export function fill(pattern: string, places: Readonly<Record<string, Phrase>>): Phrase {
  const parts = pattern.split(/\{\{(\w+)\}\}/);
  return tidy(parts.flatMap((part, index) => (index % 2 === 0 ? [{ text: part }] : (places[part] ?? NOTHING))));
}

export function joinWith(phrases: readonly Phrase[], between: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [{ text: between }, ...phrase]));
}

export function textOf(phrase: Phrase): string {
  return phrase.map((part) => part.text).join("");
}

/** Places that stay empty leave no double space, and none before a comma. */
function tidy(parts: Phrase): Phrase {
  const tidied: Part[] = [];
  for (const part of parts) {
    const last = tidied.at(-1);
    if (part.slot !== undefined) tidied.push(part);
    else if (last && last.slot === undefined) tidied[tidied.length - 1] = { text: last.text + part.text };
    else tidied.push(part);
  }
  return tidied
    .map((part, index) =>
      part.slot === undefined ? { text: clean(part.text, index === 0, index === tidied.length - 1) } : part,
    )
    .filter((part) => part.text !== "");
}

function clean(text: string, isFirst: boolean, isLast: boolean): string {
  const single = text.replaceAll(/\s+/g, " ").replaceAll(/ ([,;.)])/g, "$1");
  const fromStart = isFirst ? single.trimStart() : single;
  return isLast ? fromStart.trimEnd() : fromStart;
}
