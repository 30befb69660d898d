import { hash } from "node:crypto";

import { isUuid } from "../../platform/ids.ts";
import type { BrandBook } from "../brand/brand-book.ts";
import type { BrandKit } from "../brand/kit.ts";
import { blockWordsFor } from "../content/block-words.ts";
import { contrastOf } from "../content/contrast.ts";
import type { MessagesDeps } from "../deps.ts";
import type { ImageSubject } from "../tracking/tokens.ts";
import { type Badge, drawBadge, NOTHING } from "./draw-badge.ts";

export interface LivePicture {
  readonly png: Buffer;
  readonly etag: string;
}

export interface LiveImageDeps extends Pick<MessagesDeps, "clock" | "live"> {
  readonly brands: BrandBook;
}

/** Many readers of one broadcast ask for the same variant at once: they share one look, and one drawing. */
const LOOK_MS = 1_000;
const MOST_LOOKS = 10_000;
const MOST_DRAWN = 2_000;
const FEW = 3;

/** Pictures that are drawn when a message is opened. Nothing in them is about a person. */
export class LiveImages {
  readonly #deps: LiveImageDeps;
  readonly #drawn = new Map<string, LivePicture>();
  readonly #stock = new Map<string, { readonly at: number; readonly pieces: Promise<number> }>();

  constructor(deps: LiveImageDeps) {
    this.#deps = deps;
  }

  async picture(subject: ImageSubject): Promise<LivePicture> {
    const { kit } = await this.#deps.brands.recent();
    const badge = subject.image === "stock" ? await this.#stockBadge(subject, kit) : this.#countdownBadge(subject, kit);
    return badge === null ? picture(NOTHING) : this.#draw(badge);
  }

  async #stockBadge({ value, language }: ImageSubject, { colors, radius }: BrandKit): Promise<Badge | null> {
    if (!isUuid(value)) return null;
    const pieces = await this.#pieces(value);
    const words = blockWordsFor(language);
    if (pieces <= 0) return { text: words.soldOut, color: colors.surface, background: readable(colors), radius };
    if (pieces > FEW) return { text: words.inStock, ...filled(colors.accent), radius };
    const text = words.onlyLeft.replace("{n}", String(pieces));
    return { text, color: colors.on_primary, background: colors.primary, radius };
  }

  #countdownBadge({ value, language }: ImageSubject, { colors, radius }: BrandKit): Badge | null {
    const until = Date.parse(value);
    if (Number.isNaN(until)) return null;
    const words = blockWordsFor(language);
    const minutes = Math.ceil((until - this.#deps.clock.now().epochMilliseconds) / 60_000);
    if (minutes <= 0) return { text: words.ended, color: colors.surface, background: readable(colors), radius };
    const [day, hour, minute] = words.units;
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    const parts = [
      ...(days > 0 ? [`${days} ${day}`] : []),
      ...(minutes >= 60 ? [`${hours} ${hour}`] : []),
      `${minutes % 60} ${minute}`,
    ];
    return { text: parts.join("  "), color: colors.on_primary, background: colors.primary, radius };
  }

  #pieces(variant: string): Promise<number> {
    const now = this.#deps.clock.now().epochMilliseconds;
    const known = this.#stock.get(variant);
    if (known && now - known.at < LOOK_MS) return known.pieces;
    const pieces = this.#deps.live.stockOf([variant]).then((stock) => stock.get(variant) ?? 0);
    // A look that failed is not kept: the next reader looks again.
    pieces.catch(() => this.#stock.delete(variant));
    keep(this.#stock, variant, { at: now, pieces }, MOST_LOOKS);
    return pieces;
  }

  #draw(badge: Badge): LivePicture {
    const key = JSON.stringify(badge);
    const known = this.#drawn.get(key);
    if (known) return known;
    const fresh = picture(drawBadge(badge));
    keep(this.#drawn, key, fresh, MOST_DRAWN);
    return fresh;
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  const [oldest] = map.keys();
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

function picture(png: Buffer): LivePicture {
  return { png, etag: `"${hash("sha256", png, "base64url").slice(0, 22)}"` };
}

/** The quiet colour of the kit, or its text colour where that one is too pale to carry letters. */
function readable({ muted, text, surface }: BrandKit["colors"]): string {
  return contrastOf(muted, surface) >= 4.5 ? muted : text;
}

/** White or black letters, whichever reads better. */
function filled(background: string): Pick<Badge, "color" | "background"> {
  const isLightBetter = contrastOf("#ffffff", background) >= contrastOf("#000000", background);
  return { background, color: isLightBetter ? "#ffffff" : "#000000" };
}
