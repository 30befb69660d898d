import { readColor } from "../content/css-color.ts";
import type { PublishedContents } from "../queries/published-contents.pg.ts";
import type { Departure } from "./contracts.ts";
import { BRAND_COLORS, type BrandKit } from "./kit.ts";

/** In any form; a name only where a colour is set. Neither `&#233;` nor a link to `#abc` is one. */
const COLOR =
  /(?<![&\w/?-]|href=["'])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\([^()]{1,60}\)|(?<=(?:color|background)\s{0,3}[:=]\s{0,3}["']?)[a-z]{3,12}\b/gi;
const FONT = /font-family\s*[:=]\s*(?:"([^"]+)"|'([^']+)'|([^;"'<>]+))/gi;

/** The colours and fonts of what is published that are not the kit's, with what comes nearest in the kit. */
export function departuresOf({ id, name, channel, contents }: PublishedContents, kit: BrandKit): Departure[] {
  const about = { template_id: channel === null ? null : id, block_id: channel === null ? id : null, name, channel };
  const own = new Set<string>(Object.values(kit.colors));
  const faces = new Set([...facesOf(kit.fonts.heading), ...facesOf(kit.fonts.body)]);
  return Object.entries(contents).flatMap(([language, written]) => {
    const text = textsOf(written).join("\n");
    const colors = countOf(
      [...text.matchAll(COLOR)].map(([color]) => readColor(color) ?? "").filter((color) => color && !own.has(color)),
    );
    const fonts = countOf(
      [...text.matchAll(FONT)]
        .map(([, double, single, bare]) => (double ?? single ?? bare ?? "").trim())
        .filter(
          (family) => family !== "" && !family.includes("{{") && facesOf(family).some((face) => !faces.has(face)),
        ),
    );
    return [
      ...colors.map(([value, times]) => ({
        ...about,
        language,
        kind: "color" as const,
        value,
        times,
        nearest: nearestColor(value, kit),
      })),
      ...fonts.map(([value, times]) => ({ ...about, language, kind: "font" as const, value, times, nearest: "body" })),
    ];
  });
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function countOf(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

function facesOf(family: string): string[] {
  return family.split(",").map((face) =>
    face
      .trim()
      .replace(/^["']|["']$/g, "")
      .toLowerCase(),
  );
}

function nearestColor(color: string, kit: BrandKit): string {
  return BRAND_COLORS.toSorted((a, b) => distance(color, kit.colors[a]) - distance(color, kit.colors[b]))[0] ?? "text";
}

/** Weighted by how eyes see red, green and blue; enough to tell which colour was meant. */
function distance(a: string, b: string): number {
  const [from, to] = [channels(a), channels(b)];
  return 2 * (from[0] - to[0]) ** 2 + 4 * (from[1] - to[1]) ** 2 + 3 * (from[2] - to[2]) ** 2;
}

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
