import { mix } from "./palette.ts";

export const PATTERNS = ["plain", "stripes", "dots", "check", "kilim", "rib", "floral"] as const;
export type Pattern = (typeof PATTERNS)[number];

/** The `<pattern>` named `weave` for a colour; empty for plain cloth. */
export function patternDefinition(pattern: Pattern, hex: string): string {
  if (pattern === "plain") return "";
  const pale = mix(hex, "#fffaf0", 0.7);
  const dark = mix(hex, "#2b2118", 0.3);
  const [size, marks] = MARKS[pattern](pale, dark);
  return `<defs><pattern id="weave" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}" fill="${hex}"/>${marks}</pattern></defs>`;
}

const MARKS: Record<Exclude<Pattern, "plain">, (pale: string, dark: string) => [number, string]> = {
  stripes: (pale) => [22, `<rect width="22" height="8" fill="${pale}"/>`],
  dots: (pale) => [24, `<g fill="${pale}"><circle cx="6" cy="6" r="3.6"/><circle cx="18" cy="18" r="3.6"/></g>`],
  check: (pale, dark) => [
    40,
    `<path d="M0 14h40M14 0v40" stroke="${pale}" stroke-width="7" opacity=".55"/><path d="M0 32h40M32 0v40" stroke="${dark}" stroke-width="4" opacity=".6"/>`,
  ],
  kilim: (pale, dark) => [
    48,
    `<path d="M24 4 44 24 24 44 4 24Z" fill="${dark}"/><path d="M24 13 35 24 24 35 13 24Z" fill="${pale}"/><path d="m24 20 4 4-4 4-4-4Z" fill="${dark}"/><path d="m0-6 6 6-6 6-6-6ZM48-6l6 6-6 6-6-6ZM0 42l6 6-6 6-6-6ZM48 42l6 6-6 6-6-6Z" fill="${pale}"/>`,
  ],
  rib: (_pale, dark) => [10, `<path d="M5 0v10" stroke="${dark}" stroke-width="2" opacity=".5"/>`],
  floral: (pale, dark) => [
    46,
    `<g fill="${pale}"><circle cx="12" cy="7" r="4"/><circle cx="17" cy="12" r="4"/><circle cx="12" cy="17" r="4"/><circle cx="7" cy="12" r="4"/></g><circle cx="12" cy="12" r="3" fill="${dark}"/><path d="M34 26q8 6 0 16-8-10 0-16Z" fill="${pale}" opacity=".75"/>`,
  ],
};
