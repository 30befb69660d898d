import type { Json, JsonObject } from "../../platform/json.ts";
import type { Money } from "../../platform/money.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { BrandColor, BrandKit } from "../brand/kit.ts";
import type { Live } from "./read-live.ts";

type Titles = Readonly<Record<string, string | undefined>>;

/** A line of a person's cart or list as the lists room knows it. */
export interface LiveCartItem {
  readonly variant_id: string;
  readonly product_id: string;
  readonly title: string;
  /** The title in other languages, by language. */
  readonly titles?: Titles;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string | null;
  readonly price: Money;
  readonly quantity: number;
}

export interface LiveCart {
  readonly items: readonly LiveCartItem[];
}

export interface LiveProduct {
  readonly product_id: string;
  readonly title: string;
  readonly titles?: Titles;
  readonly image_url: string | null;
  readonly price: Money;
  /** Pieces of all its variants that can be sold now over the web. */
  readonly stock: number;
}

export interface LiveBalance {
  readonly points: number;
  readonly value: Money | null;
}

export interface LiveStore {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
}

/** The brand kit as templates read it: `{{ brand.colors.primary }}`. */
export interface Brand {
  readonly name: string;
  readonly url: string;
  readonly cart_url: string;
  readonly product_url: string;
  readonly colors: Readonly<Record<BrandColor, string>>;
  readonly fonts: { readonly heading: string; readonly body: string };
  readonly radius: number;
  readonly logo: { readonly url: string; readonly alt: string; readonly width: number } | null;
  /** The legal footer in the recipient's language; empty when there is none. */
  readonly footer: string;
  readonly footer_lines: readonly string[];
  /** Who speaks, per channel. */
  readonly senders: BrandKit["senders"];
}

interface Shown {
  readonly image_url: string | null;
  readonly url: string;
  readonly stock: number;
}

interface ShownCart {
  readonly items: readonly (LiveCartItem & Shown)[];
  readonly count: number;
}

/** What a template may read. Everything is plain data of ours; a template cannot reach further. */
export interface RenderData {
  readonly language: string;
  readonly person: { readonly [key: string]: Json };
  readonly cart: ShownCart & { readonly url: string };
  readonly list: ShownCart;
  readonly recommendations: readonly (LiveProduct & Shown)[];
  readonly products: Readonly<Record<string, LiveProduct & Shown>>;
  readonly balance: LiveBalance | null;
  readonly event: JsonObject;
  readonly data: JsonObject;
  readonly store: LiveStore | null;
  readonly nearest_store: LiveStore | null;
  readonly brand: Brand;
  readonly unsubscribe_url: string;
  /** Where the person chooses what we may send. */
  readonly preferences_url: string;
  /** Where the reader of a mail confirms their address and says yes to more; null in other messages. */
  readonly confirm_url: string | null;
}

export interface RenderSources {
  readonly profile: Profile | null;
  readonly email: string | null;
  readonly language: string;
  readonly live: Live;
  readonly data: JsonObject;
  readonly brand: Brand;
  readonly publicUrl: string;
  readonly unsubscribeUrl: string;
  /** Made only for a text that shows it: sealing costs more than most texts. */
  readonly preferencesUrl: () => string;
  readonly confirmUrl: () => string | null;
}

export function makeRenderData(sources: RenderSources): RenderData {
  const { live, data, brand } = sources;
  const look = { language: sources.language.slice(0, 2), publicUrl: sources.publicUrl, productUrl: brand.product_url };
  const shown = (product: LiveProduct) => ({ ...product, ...show(product, look), stock: product.stock });
  return {
    language: sources.language,
    person: personOf(sources),
    cart: { ...showCart(live.cart, live.stock, look), url: brand.cart_url },
    list: showCart(live.list, live.stock, look),
    recommendations: live.recommendations.map(shown),
    products: Object.fromEntries([...live.products].map(([id, product]) => [id, shown(product)])),
    balance: live.balance,
    event: isObject(data.event) ? data.event : {},
    data,
    store: live.store,
    nearest_store: live.nearestStore ?? live.store,
    brand,
    unsubscribe_url: sources.unsubscribeUrl,
    get preferences_url() {
      return sources.preferencesUrl();
    },
    get confirm_url() {
      return sources.confirmUrl();
    },
  };
}

/** What is not known is not there at all: a strict preview then says so, and a default fills it when it is sent. */
function personOf({ profile, email, language }: RenderSources): RenderData["person"] {
  const traits = profile?.traits ?? {};
  const person: { [key: string]: Json } = {
    ...traits,
    first_name: traits.first_name ?? traits.firstName ?? null,
    last_name: traits.last_name ?? traits.lastName ?? null,
    ...(profile ? { id: profile.id, computed: profile.computed as unknown as Json } : {}),
    email,
    language,
  };
  return Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null));
}

interface Look {
  readonly language: string;
  readonly publicUrl: string;
  readonly productUrl: string;
}

function showCart(cart: LiveCart | null, stock: ReadonlyMap<string, number>, look: Look): ShownCart {
  const items = (cart?.items ?? []).map((item) => ({
    ...item,
    ...show(item, look),
    stock: stock.get(item.variant_id) ?? 0,
  }));
  return { items, count: items.reduce((sum, item) => sum + item.quantity, 0) };
}

type Showable = Pick<LiveProduct, "product_id" | "title" | "titles" | "image_url">;

function show(item: Showable, { language, publicUrl, productUrl }: Look) {
  return {
    title: item.titles?.[language] ?? item.title,
    image_url: item.image_url === null ? null : mailImage(item.image_url, publicUrl),
    url: productUrl.replaceAll("{id}", encodeURIComponent(item.product_id)),
  };
}

/** Whole addresses, and our own drawings as PNG: mail programs show no SVG. */
function mailImage(url: string, publicUrl: string): string {
  return url.startsWith("/") ? `${publicUrl}${url.replace(/\.svg$/, ".png")}` : url;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
