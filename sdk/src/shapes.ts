/** What the public API answers, as far as the SDK hands it on. Money is in integer minor units. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface CartItem {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly title: string;
  /** The title in other languages, by language code. */
  readonly titles: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly price: Money;
  readonly quantity: number;
  /** How many can still be had on the web. */
  readonly available: number;
  /** Why it cannot be bought (any more); null: it can. */
  readonly not_sold: "archived" | "not_in_currency" | null;
  readonly added_at: string;
  readonly author: { readonly kind: "shopper" | "associate" | "kiosk" | "guest"; readonly name: string | null };
  readonly note: string | null;
  readonly photo_id: string | null;
  readonly dimensions: {
    readonly width_mm?: number | undefined;
    readonly depth_mm?: number | undefined;
    readonly height_mm?: number | undefined;
  } | null;
  /** The store it was seen in. */
  readonly store_id: string | null;
  readonly chat_url: string | null;
}

/** What may be said beside an item; null takes it away, what is not named stays. */
export type BesideItem = Partial<Pick<CartItem, "note" | "photo_id" | "dimensions" | "store_id" | "chat_url">>;

export interface Cart {
  /** Null while nothing was ever put in. */
  readonly id: string | null;
  readonly items: readonly CartItem[];
  readonly total: number;
  readonly currency: string;
  /** Whose prices hold, where that was chosen; null: each variant's own. */
  readonly market: { readonly currency: string; readonly region: string | null } | null;
  readonly updated_at: string | null;
}

export interface Shopper {
  readonly profile_id: string;
  readonly first_name: string | null;
  readonly email: string | null;
  readonly language: string | null;
  /** The store she mostly buys in. */
  readonly preferred_store: string | null;
}

export interface SignIn {
  readonly token: string;
  readonly expires_at: string;
}

export interface OrderLine {
  readonly variant_id: string;
  readonly product_id: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly price: Money;
  readonly quantity: number;
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly channel: string;
  readonly store_name: string | null;
  readonly total: Money;
  readonly created_at: string;
  readonly lines: readonly OrderLine[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A live notice: what changed, never the data itself. */
export interface Notice {
  readonly topic: string;
  readonly id: string;
  readonly changed: readonly string[];
}

/** What waits for a visitor on the site. */
export interface OnsiteMessage {
  readonly id: string;
  readonly created_at: string;
  readonly content: {
    readonly layout: "banner" | "modal" | "slot";
    readonly slot?: string;
    readonly title: string;
    readonly body: string;
    readonly image?: string;
    readonly action?: { readonly label: string; readonly url: string };
  };
}

/** The brand's look for messages on the site. */
export interface OnsiteLook {
  readonly colors: Readonly<Record<"primary" | "on_primary" | "surface" | "text", string>>;
  readonly fonts: { readonly heading: string; readonly body: string };
  readonly radius: number;
}
