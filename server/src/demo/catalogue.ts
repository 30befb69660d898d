import { hash } from "node:crypto";

import { checkDigit } from "../catalog/index.ts";
import { categories, type Model, type Range, ranges } from "./assortment/models.ts";
import { istanbul, izmir, jakarta, locations, stores, warehouse } from "./assortment/places.ts";
import { stableId } from "./assortment/stable-id.ts";
import { colours, materials, phrases, type Word } from "./assortment/words.ts";

export interface DemoVariant {
  readonly id: string;
  readonly sku: string;
  readonly gtin: string;
  readonly size: string | null;
  readonly color: string;
  readonly colorHex: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly prices: readonly MarketPrice[];
}

interface MarketPrice {
  readonly currency: string;
  readonly region: string;
  readonly amount: number;
}

export interface DemoProduct {
  readonly id: string;
  readonly title: string;
  readonly titles: { readonly tr: string; readonly id: string };
  readonly description: string;
  readonly descriptions: { readonly tr: string; readonly id: string };
  readonly brand: string;
  readonly category: string;
  readonly drawing: { readonly kind: Range["kind"]; readonly pattern: NonNullable<Model[4]> };
  readonly variants: readonly DemoVariant[];
}

const CURRENCY = "EUR";
/** Where it is sold in other money, too: what a cent makes there, rounded to what a price tag says. Lira and rupiah have two decimals. */
const MARKETS = [
  { currency: "TRY", region: "TR", rate: 42, step: 5_000 },
  { currency: "IDR", region: "ID", rate: 17_500, step: 1_000_000 },
] as const;
/** GS1 keeps 952 for examples: no real product carries it. */
const EXAMPLE_PREFIX = "952";

/** The assortment of Dokuma, a made-up retailer of clothes and furniture; the same ids at every load. */
export const demoCatalogue = {
  currency: CURRENCY,
  categories,
  products: makeProducts(),
  stores,
};
export { locations as demoLocations };

/** Brick sneakers in 38: there is one pair, in the Izmir store, and it is the pair the web sells. */
export const lastPair = findLastPair();

export interface DemoStock {
  readonly variantId: string;
  readonly productId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** What lies where at the beginning: much in the warehouse, some in the stores, furniture mostly on order. */
export function demoStock(): DemoStock[] {
  return demoCatalogue.products.flatMap((product) =>
    product.variants.flatMap((variant) => {
      const line = { variantId: variant.id, productId: product.id };
      if (variant.id === lastPair.variantId) return [{ ...line, locationId: izmir, quantity: 1 }];
      const dice = Number.parseInt(hash("sha256", variant.sku).slice(0, 8), 16);
      return [
        { ...line, locationId: warehouse, quantity: 8 + (dice % 48) },
        { ...line, locationId: izmir, quantity: (dice >>> 6) % 7 },
        { ...line, locationId: istanbul, quantity: (dice >>> 10) % 9 },
        { ...line, locationId: jakarta, quantity: (dice >>> 14) % 8 },
      ];
    }),
  );
}

function makeProducts(): DemoProduct[] {
  let order = 0;
  let code = 0;
  return ranges.flatMap((range) =>
    range.models.map((model): DemoProduct => {
      const [name, material, price, hues, pattern = "plain"] = model;
      const [en, tr, id] = titlesOf(range.noun, name, materials[material]);
      const words = phrases[(name.length + price) % phrases.length] ?? (["", "", ""] as const);
      order += 1;
      const sizes = range.sizes.length > 0 ? range.sizes : [null];
      return {
        id: stableId("product", `${range.kind} ${name}`, order),
        title: en,
        titles: { tr, id },
        description: words[0].replace("{m}", materials[material][0]),
        descriptions: {
          tr: words[1].replace("{m}", materials[material][1]),
          id: words[2].replace("{m}", materials[material][2]),
        },
        brand: "Dokuma",
        category: range.category,
        drawing: { kind: range.kind, pattern },
        variants: hues.flatMap((color) =>
          sizes.map((size): DemoVariant => {
            const sku = [plain(name), range.kind, color, size].filter(Boolean).join("-").toUpperCase();
            code += 1;
            const body = `${EXAMPLE_PREFIX}${String(100_000_000 + code)}`;
            return {
              id: stableId("variant", sku, code),
              sku,
              gtin: `${body}${checkDigit(body)}`,
              size,
              color,
              colorHex: colours[color],
              price: { amount: price, currency: CURRENCY },
              prices: MARKETS.map(({ currency, region, rate, step }) => ({
                currency,
                region,
                amount: Math.round((price * rate) / step) * step,
              })),
            };
          }),
        ),
      };
    }),
  );
}

function titlesOf(noun: Word, name: string, material: Word): [string, string, string] {
  const said = noun[0].startsWith(material[0]) ? "" : `${material[0]} `;
  return [`${name} ${said}${noun[0]}`, `${name} ${material[1]} ${noun[1]}`, `${noun[2]} ${material[2]} ${name}`];
}

/** A name as it can stand in a SKU: `Alaçatı` → `Alacati`. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("ı", "i");
}

function findLastPair(): { readonly productId: string; readonly variantId: string; readonly sku: string } {
  for (const product of demoCatalogue.products) {
    const variant = product.variants.find((v) => v.sku === "ILGIN-SNEAKER-BRICK-38");
    if (variant) return { productId: product.id, variantId: variant.id, sku: variant.sku };
  }
  throw new TypeError("the demo's last pair is missing");
}
