import { listProducts, readStores, readSummaries, variantIdsOf } from "./catalog/index.ts";
import { available } from "./inventory/index.ts";
import { cartOf, wishesOf } from "./lists/index.ts";
import type { LiveData, LiveProduct, LiveStore } from "./messages/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Db } from "./platform/db.ts";
import type { Profile } from "./profiles/index.ts";

/** So many products of the category somebody looked at last. */
const RECOMMENDED = 8;

/** What messages ask of the other rooms in the moment of sending. */
export function liveData(db: Db, clock: Clock): LiveData {
  const stockOf = async (ids: readonly string[]) =>
    new Map([...(await available(db, clock, ids))].map(([id, { web }]) => [id, Math.max(0, web)]));

  const productsOf = async (ids: readonly string[]): Promise<Map<string, LiveProduct>> => {
    const products = await readSummaries(db, ids);
    const variants = await variantIdsOf(
      db,
      products.map(({ id }) => id),
    );
    const pieces = await stockOf([...variants.values()].flat());
    return new Map(
      products.map(({ id, title, titles, image_url, price }) => {
        const stock = (variants.get(id) ?? []).reduce((sum, variant) => sum + (pieces.get(variant) ?? 0), 0);
        return [id, { product_id: id, title, titles, image_url, price, stock }];
      }),
    );
  };

  const recommended = async (profiles: readonly Profile[]) => {
    const categories = [...new Set(profiles.map(({ computed }) => computed.last_category))];
    const pages = await Promise.all(
      categories.map(async (category) => {
        const query = { limit: RECOMMENDED, ...(category === null ? {} : { category }) };
        return [category, (await listProducts(db, query)).items.map(({ id }) => id)] as const;
      }),
    );
    const known = await productsOf([...new Set(pages.flatMap(([, ids]) => ids))]);
    const byCategory = new Map(pages.map(([category, ids]) => [category, ids.flatMap((id) => known.get(id) ?? [])]));
    return new Map(profiles.map(({ id, computed }) => [id, byCategory.get(computed.last_category) ?? []]));
  };

  /** Nobody is reminded of what was taken off sale. */
  const buyableOf = async (id: string) => {
    const cart = await cartOf(db, clock, id);
    return { ...cart, items: cart.items.filter(isSold) };
  };

  return {
    cartsOf: async (ids) => new Map(await Promise.all(ids.map(async (id) => [id, await buyableOf(id)] as const))),
    // No room keeps points or a stored value yet: `balance` stays empty, and a template gives its default.
    async listsOf(ids) {
      const wishes = await wishesOf(db, clock, ids);
      return new Map([...wishes].map(([id, items]) => [id, { items: items.filter(isSold) }]));
    },
    recommendationsFor: recommended,
    productsOf,
    stockOf,
    stores: () => readStores(db),
    async nearestStores(profiles) {
      const stores = await readStores(db);
      return new Map(profiles.flatMap((profile) => nearestOf(profile, stores)));
    },
  };
}

function isSold({ not_sold }: { readonly not_sold: string | null }): boolean {
  return not_sold === null;
}

type Placed = LiveStore & { readonly lat: number; readonly lon: number };

/** By where somebody lives, else in their city, else the store they prefer. */
function nearestOf({ id, traits, computed }: Profile, stores: readonly Placed[]): [string, LiveStore][] {
  const place = placeOf(traits.location) ?? placeOf(traits.address) ?? placeOf(traits);
  const city = String(traits.city ?? "").toLocaleLowerCase("en");
  const store =
    place === null
      ? (stores.find((one) => city !== "" && one.city.toLocaleLowerCase("en") === city) ??
        stores.find((one) => one.id === computed.preferred_store))
      : stores.toSorted((a, b) => squaredDistance(place, a) - squaredDistance(place, b))[0];
  return store ? [[id, store]] : [];
}

function placeOf(value: unknown): { lat: number; lon: number } | null {
  if (typeof value !== "object" || value === null) return null;
  const { lat, latitude, lon, lng, longitude } = value as Record<string, unknown>;
  const place = { lat: Number(lat ?? latitude ?? Number.NaN), lon: Number(lon ?? lng ?? longitude ?? Number.NaN) };
  return Number.isFinite(place.lat) && Number.isFinite(place.lon) ? place : null;
}

/** Good enough to tell which of some stores is nearest; degrees of longitude shrink towards the poles. */
function squaredDistance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
  return (a.lat - b.lat) ** 2 + east ** 2;
}
