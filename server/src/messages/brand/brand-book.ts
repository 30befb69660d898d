import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import type { Brand } from "../content/render-data.ts";
import { brandVersion, loadKit } from "../queries/brand.pg.ts";
import { type BrandKit, type FirstBrand, firstKit } from "./kit.ts";

export interface BrandBookDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly publicUrl: string;
  /** What the installation says until somebody has saved a kit. */
  readonly brand: FirstBrand;
}

export interface CurrentKit {
  readonly version: number;
  readonly kit: BrandKit;
}

/** While messages go out, the kit is looked for this often. */
const LOOK_MS = 1_000;

/** The kit in force, kept in memory. */
export class BrandBook {
  readonly #deps: BrandBookDeps;
  #known: CurrentKit | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  readonly #brands = new Map<string, { readonly version: number; readonly brand: Brand }>();

  constructor(deps: BrandBookDeps) {
    this.#deps = deps;
  }

  /** The newest version there is. */
  async current(): Promise<CurrentKit> {
    const now = this.#deps.clock.now().epochMilliseconds;
    const version = await brandVersion(this.#deps.db);
    this.#lookedAt = now;
    if (this.#known?.version !== version) {
      const kit = version === 0 ? undefined : await loadKit(this.#deps.db, version);
      this.#known = { version, kit: kit ?? firstKit(this.#deps.brand) };
    }
    return this.#known;
  }

  /** At most a second old: for what is asked a thousand times a second. */
  async recent(): Promise<CurrentKit> {
    const age = this.#deps.clock.now().epochMilliseconds - this.#lookedAt;
    return this.#known !== null && age < LOOK_MS ? this.#known : this.current();
  }

  /** What templates and pages in `language` read as `brand`. */
  async brandIn(language: string): Promise<Brand> {
    return this.#brandIn(await this.current(), language);
  }

  async recentIn(language: string): Promise<Brand> {
    return this.#brandIn(await this.recent(), language);
  }

  #brandIn({ version, kit }: CurrentKit, language: string): Brand {
    const known = this.#brands.get(language);
    if (known?.version === version) return known.brand;
    const brand = brandOf(kit, language, this.#deps.publicUrl);
    this.#brands.set(language, { version, brand });
    return brand;
  }
}

export function brandOf(kit: BrandKit, language: string, publicUrl: string): Brand {
  const spoken = Object.keys(kit.footer);
  const footer = spoken.length === 0 ? "" : (kit.footer[chooseLanguage(spoken, language, "en")] ?? "");
  return {
    name: kit.name,
    url: kit.url,
    cart_url: kit.cart_url,
    product_url: kit.product_url,
    colors: kit.colors,
    fonts: kit.fonts,
    radius: kit.radius,
    logo:
      kit.logo === null
        ? null
        : { url: `${publicUrl}/assets/images/${kit.logo.image}`, alt: kit.logo.alt, width: kit.logo.width },
    footer,
    senders: kit.senders,
    footer_lines: footer === "" ? [] : footer.split("\n"),
  };
}
