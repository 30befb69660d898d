import type { Json, JsonObject } from "../../platform/json.ts";
import type { Money } from "../../platform/money.ts";
import type { Profile } from "../../profiles/contracts.ts";

/** A line of a person's cart as the lists room knows it, with the stock at this moment. */
export interface LiveCartItem {
  readonly variant_id: string;
  readonly product_id: string;
  readonly title: string;
  /** The title in other languages, by language. */
  readonly titles?: Readonly<Record<string, string | undefined>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string | null;
  readonly price: Money;
  readonly quantity: number;
}

export interface LiveCart {
  readonly items: readonly LiveCartItem[];
}

export interface LiveStore {
  readonly id: string;
  readonly name: string;
  readonly city: string;
}

/** What a template may read. Everything is plain data of ours; a template cannot reach further. */
export interface RenderData {
  readonly language: string;
  readonly person: { readonly [key: string]: Json };
  readonly cart: {
    readonly items: readonly (LiveCartItem & { readonly stock: number })[];
    readonly count: number;
    readonly url: string;
  };
  readonly event: JsonObject;
  readonly data: JsonObject;
  readonly store: LiveStore | null;
  readonly brand: Brand;
  readonly unsubscribe_url: string;
  /** Where the person chooses what we may send. */
  readonly preferences_url: string;
}

export interface Brand {
  readonly name: string;
  readonly url: string;
  readonly cart_url: string;
}

export interface RenderSources {
  readonly profile: Profile | null;
  readonly email: string | null;
  readonly language: string;
  readonly cart: LiveCart | null;
  /** variant id → pieces that can be sold now, over the web. */
  readonly stock: ReadonlyMap<string, number>;
  readonly store: LiveStore | null;
  readonly data: JsonObject;
  readonly brand: Brand;
  readonly publicUrl: string;
  readonly unsubscribeUrl: string;
  readonly preferencesUrl: string;
}

export function makeRenderData(sources: RenderSources): RenderData {
  const { profile, cart, data } = sources;
  const items = (cart?.items ?? []).map((item) => ({
    ...item,
    title: item.titles?.[sources.language.slice(0, 2)] ?? item.title,
    image_url: item.image_url === null ? null : mailImage(item.image_url, sources.publicUrl),
    stock: sources.stock.get(item.variant_id) ?? 0,
  }));
  return {
    language: sources.language,
    person: {
      // Absent names are null rather than missing, so that `| default:` works in strict previews too.
      city: null,
      ...profile?.traits,
      first_name: profile?.traits.first_name ?? profile?.traits.firstName ?? null,
      last_name: profile?.traits.last_name ?? profile?.traits.lastName ?? null,
      ...(profile ? { id: profile.id, computed: profile.computed as unknown as Json } : {}),
      email: sources.email,
      language: sources.language,
    },
    cart: { items, count: items.reduce((sum, item) => sum + item.quantity, 0), url: sources.brand.cart_url },
    event: isObject(data.event) ? data.event : {},
    data,
    store: sources.store,
    brand: sources.brand,
    unsubscribe_url: sources.unsubscribeUrl,
    preferences_url: sources.preferencesUrl,
  };
}

/** Whole addresses, and our own drawings as PNG: mail programs show no SVG. */
function mailImage(url: string, publicUrl: string): string {
  return url.startsWith("/") ? `${publicUrl}${url.replace(/\.svg$/, ".png")}` : url;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
