import { csvLine } from "../../platform/csv-line.ts";
import { offersPickup } from "../stores/offers-pickup.ts";
import { loadStores } from "../stores/queries/load-stores.pg.ts";
import type { FeedRow } from "./queries/feeds.pg.ts";
import { type FeedDeps, type Offer, readOffers } from "./read-offers.ts";

const FEW = 3;

export interface WrittenFeed {
  readonly type: string;
  readonly text: AsyncGenerator<string>;
}

/** A feed as its reader expects it, written as it is read: memory does not grow with the catalogue. */
export function writeFeed(deps: FeedDeps, feed: FeedRow): WrittenFeed {
  if (feed.kind === "google") return { type: "application/xml; charset=utf-8", text: googleXml(deps, feed) };
  if (feed.kind === "meta") return { type: "text/csv; charset=utf-8", text: metaCsv(deps, feed) };
  return { type: "text/tab-separated-values; charset=utf-8", text: localTsv(deps, feed) };
}

/** Google Merchant's product data: RSS 2.0 with the namespace g. */
async function* googleXml(deps: FeedDeps, feed: FeedRow): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n<title>${xml(feed.name)}</title>\n<link>${xml(deps.publicUrl)}</link>\n<description>${xml(feed.name)}</description>\n`;
  for await (const offers of readOffers(deps, feed)) yield offers.map(googleItem).join("");
  yield "</channel>\n</rss>\n";
}

function googleItem(offer: Offer): string {
  const { dimensions: d } = offer;
  const fields: [string, string | null | undefined][] = [
    ["g:id", offer.id],
    ["g:item_group_id", offer.group],
    ["g:title", offer.title.slice(0, 150)],
    ["g:description", offer.description.slice(0, 5000)],
    ["g:link", offer.link],
    ["g:image_link", offer.image],
    ...offer.moreImages.map((url): [string, string] => ["g:additional_image_link", url]),
    ["g:availability", offer.stock.web > 0 ? "in_stock" : "out_of_stock"],
    ["g:price", offer.price],
    ["g:sale_price", offer.salePrice],
    ["g:condition", "new"],
    ["g:brand", offer.brand],
    ["g:gtin", offer.gtin],
    // Without a code of the trade, a brand and our own number stand for it.
    ["g:mpn", offer.gtin === null ? offer.id : null],
    ["g:identifier_exists", offer.gtin === null && offer.brand === "" ? "no" : null],
    ["g:color", offer.color],
    ["g:size", offer.size],
    ["g:material", offer.material],
    ["g:product_type", offer.productType],
    ["g:product_weight", d?.weight_g === undefined ? null : `${d.weight_g} g`],
    ["g:product_width", d?.width_mm === undefined ? null : `${d.width_mm / 10} cm`],
    ["g:product_height", d?.height_mm === undefined ? null : `${d.height_mm / 10} cm`],
    ["g:product_length", d?.depth_mm === undefined ? null : `${d.depth_mm / 10} cm`],
  ];
  return `<item>${fields.map(([name, value]) => (value ? `<${name}>${xml(value)}</${name}>` : "")).join("")}</item>\n`;
}

const META = [
  "id",
  "title",
  "description",
  "availability",
  "condition",
  "price",
  "sale_price",
  "link",
  "image_link",
  "additional_image_link",
  "brand",
  "gtin",
  "item_group_id",
  "color",
  "size",
  "material",
  "product_type",
  "quantity_to_sell_on_facebook",
];

async function* metaCsv(deps: FeedDeps, feed: FeedRow): AsyncGenerator<string> {
  yield csvLine(META, ",");
  for await (const offers of readOffers(deps, feed))
    yield offers.map((offer) => csvLine(metaCells(offer), ",")).join("");
}

function metaCells(offer: Offer): string[] {
  const web = Math.max(0, offer.stock.web);
  return [
    offer.id,
    offer.title.slice(0, 200),
    offer.description.slice(0, 9999),
    web > 0 ? "in stock" : "out of stock",
    "new",
    offer.price,
    offer.salePrice ?? "",
    offer.link,
    offer.image,
    offer.moreImages.join(","),
    offer.brand,
    offer.gtin ?? "",
    offer.group,
    offer.color ?? "",
    offer.size ?? "",
    offer.material,
    offer.productType,
    String(web),
  ];
}

/** Google's local inventory: what lies in each store. A way of pick-up comes with its time or not at all. */
async function* localTsv(deps: FeedDeps, feed: FeedRow): AsyncGenerator<string> {
  const stores = new Map((await loadStores(deps.db)).map((store) => [store.id, store]));
  yield csvLine(
    ["store_code", "id", "quantity", "price", "sale_price", "availability", "pickup_method", "pickup_sla"],
    "\t",
  );
  for await (const offers of readOffers(deps, feed)) {
    yield offers
      .flatMap((offer) =>
        offer.stock.stores.flatMap(({ storeId, available }) => {
          const store = stores.get(storeId);
          if (!store) return [];
          const n = Math.max(0, available);
          const pickup = offersPickup(store) ? ["buy", "same day"] : ["not supported", ""];
          const availability = n === 0 ? "out_of_stock" : n <= FEW ? "limited_availability" : "in_stock";
          return [
            csvLine(
              [store.code, offer.id, String(n), offer.price, offer.salePrice ?? "", availability, ...pickup],
              "\t",
            ),
          ];
        }),
      )
      .join("");
  }
}

/** Text between tags; what XML 1.0 cannot hold is left out. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no XML may hold
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
