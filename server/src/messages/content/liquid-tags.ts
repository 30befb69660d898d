const CLOSES = { "{": "}}", "%": "%}" } as const;

export interface LiquidTag {
  /** `{{ … }}` or `{% … %}` as it stands. */
  readonly tag: string;
  readonly index: number;
}

/**
 * The Liquid in a text, in one pass: a pattern would look to the end of the text again for each brace that nothing
 * closes, half a minute for 100 kB of them.
 */
export function liquidTags(text: string): LiquidTag[] {
  const found: LiquidTag[] = [];
  const isOver = { "{": false, "%": false };
  for (let at = text.indexOf("{"); at !== -1; ) {
    const kind = text[at + 1];
    let end = -1;
    if ((kind === "{" || kind === "%") && !isOver[kind]) {
      end = text.indexOf(CLOSES[kind], at + 2);
      isOver[kind] = end === -1;
    }
    if (end !== -1) found.push({ tag: text.slice(at, end + 2), index: at });
    at = text.indexOf("{", end === -1 ? at + 1 : end + 2);
  }
  return found;
}

/** Text and Liquid in turn: what stands at odd places is Liquid. */
export function splitLiquid(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { tag, index } of liquidTags(text)) {
    parts.push(text.slice(from, index), tag);
    from = index + tag.length;
  }
  return [...parts, text.slice(from)];
}

/** The text with `instead` where Liquid stands. */
export function withoutLiquid(text: string, instead: string): string {
  return splitLiquid(text)
    .filter((_part, index) => index % 2 === 0)
    .join(instead);
}
