/** The colours one picture is painted with, all derived from the variant's own. */
export interface Palette {
  readonly base: string;
  /** What large surfaces are filled with: `base`, or the pattern over it. */
  readonly fill: string;
  readonly light: string;
  readonly dark: string;
  readonly deep: string;
  readonly wood: string;
  readonly woodDark: string;
  readonly paper: string;
}

export function paletteOf(hex: string, fill: string): Palette {
  return {
    base: hex,
    fill,
    light: mix(hex, "#ffffff", 0.42),
    dark: mix(hex, "#2b2118", 0.24),
    deep: mix(hex, "#2b2118", 0.5),
    wood: "#b98a5a",
    woodDark: "#8f6640",
    paper: mix(hex, "#f7f2ea", 0.9),
  };
}

/** `t` of the way from one `#rrggbb` to another. */
export function mix(from: string, to: string, t: number): string {
  const channel = (i: number) => {
    const a = Number.parseInt(from.slice(i, i + 2), 16);
    const b = Number.parseInt(to.slice(i, i + 2), 16);
    return Math.round(a + (b - a) * t)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
