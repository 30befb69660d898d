/** A colour as people write it in styles, as `#rrggbb`; what shines through is taken as whole. Null when it is none we know. */
export function readColor(text: string): string | null {
  const said = text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})$/.exec(said)?.[1];
  if (hex !== undefined) return fullHex(hex);
  const [, space, inner = ""] = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(said) ?? [];
  if (space === undefined) return NAMED[said] ?? null;
  const [a, b, c] = inner.split(/[\s,/]+/).filter((part) => part !== "");
  if (a === undefined || b === undefined || c === undefined) return null;
  const values =
    space === "rgb"
      ? [a, b, c].map((part) => Number.parseFloat(part) * (part.endsWith("%") ? 2.55 : 1))
      : fromHsl(Number.parseFloat(a), Number.parseFloat(b) / 100, Number.parseFloat(c) / 100);
  return values.every(Number.isFinite) ? hexOf(values) : null;
}

function fullHex(hex: string): string {
  const pairs = hex.length < 6 ? [...hex.slice(0, 3)].map((digit) => digit + digit).join("") : hex.slice(0, 6);
  return `#${pairs}`;
}

function hexOf(values: readonly number[]): string {
  return `#${values
    .map((value) =>
      Math.round(Math.min(255, Math.max(0, value)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function fromHsl(hue: number, saturation: number, light: number): number[] {
  const reach = saturation * Math.min(light, 1 - light);
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return 255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  });
}

/** The names people do write by hand. */
const NAMED: Readonly<Record<string, string>> = {
  white: "#ffffff",
  black: "#000000",
  red: "#ff0000",
  green: "#008000",
  blue: "#0000ff",
  yellow: "#ffff00",
  orange: "#ffa500",
  purple: "#800080",
  pink: "#ffc0cb",
  brown: "#a52a2a",
  gray: "#808080",
  grey: "#808080",
  silver: "#c0c0c0",
  lightgray: "#d3d3d3",
  lightgrey: "#d3d3d3",
  darkgray: "#a9a9a9",
  darkgrey: "#a9a9a9",
  navy: "#000080",
  teal: "#008080",
  olive: "#808000",
  maroon: "#800000",
  lime: "#00ff00",
  aqua: "#00ffff",
  cyan: "#00ffff",
  fuchsia: "#ff00ff",
  magenta: "#ff00ff",
  gold: "#ffd700",
  crimson: "#dc143c",
  tomato: "#ff6347",
  beige: "#f5f5dc",
  ivory: "#fffff0",
};
