import { clothes } from "./clothes.ts";
import { furniture } from "./furniture.ts";
import { home } from "./home.ts";
import { mix, type Palette, paletteOf } from "./palette.ts";
import { type Pattern, patternDefinition } from "./patterns.ts";
import { shoesAndBags } from "./shoes-and-bags.ts";

const drawings = { ...clothes, ...shoesAndBags, ...furniture, ...home } satisfies Record<
  string,
  (p: Palette) => string
>;

export type DrawingKind = keyof typeof drawings;
export const DRAWING_KINDS = Object.keys(drawings) as DrawingKind[];

const STANDING: ReadonlySet<string> = new Set([
  ...Object.keys(furniture),
  "floorlamp",
  "tablelamp",
  "vase",
  "plantpot",
]);
const RESTING: ReadonlySet<string> = new Set(Object.keys(shoesAndBags));

/** A flat picture of 400 × 400 of one product in one colour; the same arguments always give the same text. */
export function drawProduct(kind: DrawingKind, hex: string, pattern: Pattern): string {
  const palette = paletteOf(hex, pattern === "plain" ? hex : "url(#weave)");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800" role="img">`,
    patternDefinition(pattern, hex),
    `<rect width="400" height="400" fill="${palette.paper}"/>`,
    ground(kind, palette),
    drawings[kind](palette).trim(),
    "</svg>",
  ].join("");
}

function ground(kind: DrawingKind, palette: Palette): string {
  const shade = mix(palette.paper, "#8a7358", 0.28);
  if (STANDING.has(kind)) {
    return `<path d="M0 318h400v82H0Z" fill="${mix(palette.paper, "#8a7358", 0.13)}"/><ellipse cx="200" cy="338" rx="160" ry="11" fill="${shade}"/>`;
  }
  if (RESTING.has(kind)) return `<ellipse cx="200" cy="304" rx="158" ry="18" fill="${shade}"/>`;
  return "";
}
