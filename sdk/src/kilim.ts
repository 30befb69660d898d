import { type Ask, authHeaders, openAsk } from "./ask.ts";
import { type EventBody, pageFacts, wireEvent } from "./event.ts";
import { openIdentity } from "./identity.ts";
import { localStorageOrNothing, openKeep } from "./keep.ts";
import { openLive } from "./live.ts";
import { type Onsite, openOnsite, type Waiting } from "./onsite.ts";
import { openPush, type Push } from "./push.ts";
import { openQueue } from "./queue.ts";
import type { KilimSettings, Properties } from "./settings.ts";
import type { BesideItem, Cart, Notice, Order, Page, Shopper, SignIn } from "./shapes.ts";
import { uuid } from "./uuid.ts";

export interface Checkout {
  readonly email?: string;
  readonly payment: "test";
  /** Absent: all of it is delivered. */
  readonly deliveries?: readonly { readonly kind: "delivery" | "pickup" | "locker"; readonly store_id?: string }[];
  /** Needed for what is delivered. */
  readonly address?: Properties;
  /** In which the buyer is written to. */
  readonly language?: string;
}

const itemPath = (variantId: string) => `/v1/cart/items/${encodeURIComponent(variantId)}`;

export interface Kilim {
  readonly anonymousId: string;
  readonly userId: string | null;
  /** Whether this device holds a shopper token; one that has run out is dropped when the server refuses it. */
  readonly isSignedIn: boolean;

  /** Events. They never throw and never reject; each is sent until the server has answered for it. */
  track(event: string, properties?: Properties): void;
  identify(userId: string, traits?: Properties): void;
  identify(traits: Properties): void;
  page(name?: string, properties?: Properties): void;
  group(groupId: string, traits?: Properties): void;
  /** Forgets who this was (sign-out, shared device): new anonymous id. What is queued is still sent as it was. */
  reset(): void;
  /** Sends what waits now instead of after `flushAfter`. */
  flush(): Promise<void>;
  /** Whether events are sent at all; the answer is remembered. Cart and decisions go on working without them. */
  setTracking(isAllowed: boolean): void;
  readonly isTracking: boolean;

  /** Questions. They reject with a `KilimError` when refused. */
  decide<Slots = Record<string, unknown>>(slots: readonly string[], context?: Properties): Promise<Slots>;
  readonly cart: {
    get(): Promise<Cart>;
    add(variantId: string, quantity?: number, beside?: BesideItem): Promise<Cart>;
    set(variantId: string, quantity: number): Promise<Cart>;
    /** Says something beside an item that lies in the cart. */
    say(variantId: string, beside: BesideItem): Promise<Cart>;
    remove(variantId: string): Promise<Cart>;
    /** Whose prices hold: those of a currency, in a region. */
    choose(currency: string, region?: string): Promise<Cart>;
  };
  readonly shopper: {
    /** Mails a one-time code; the answer is the same whether the address is known or not. */
    signIn(email: string, language?: string): Promise<void>;
    verify(email: string, code: string): Promise<Shopper>;
    me(): Promise<Shopper>;
    /** What she says of herself, kept also where she is not followed. */
    save(known: { readonly first_name: string }): Promise<void>;
    orders(): Promise<Page<Order>>;
    signOut(): Promise<void>;
  };
  /** Turns this device's (or person's) cart into an order. Pass the same `key` when asking again. */
  checkout(order: Checkout, key?: string): Promise<Order>;
  /** Web push for this browser. */
  readonly push: Push;
  readonly onsite: Onsite;
  /**
   * Calls back on every live notice of the topics; returns how to stop. `onGap` is called when the line is back after it
   * was cut: read anew what is shown.
   */
  live(handler: (notice: Notice) => void, topics?: readonly string[], onGap?: () => void): () => void;
  /** Any other call of the public API, with this device's headers. */
  readonly ask: Ask;
  /** What says who asks, for calls that `ask` does not cover (a photo). */
  headers(): Record<string, string>;
}

/** One Kilim for one write key. Call it once per page. */
export function createKilim(settings: KilimSettings): Kilim {
  const host = (settings.host ?? location.origin).replace(/\/$/, "");
  const keep = openKeep(settings.storage === "none" ? undefined : localStorageOrNothing());
  const who = openIdentity(keep, settings.cookies === true);
  const ask = openAsk(host, who, settings);
  const decide = async <Slots>(slots: readonly string[], context?: Properties): Promise<Slots> => {
    const body = { anonymous_id: who.anonymousId, slots, ...(context ? { context } : {}) };
    return (await ask<{ slots: Slots }>("POST", "/v1/decide", body)).slots;
  };
  const queue = openQueue({
    keep,
    url: `${host}/v1/batch`,
    writeKey: settings.writeKey,
    flushAfter: settings.flushAfter ?? 200,
  });
  let isTracking = keep.get("tracking") !== "off";

  const quietly = (work: () => void) => {
    try {
      work();
    } catch (error) {
      console.warn("kilim:", error);
    }
  };
  const record = (body: EventBody) => {
    // What somebody allows or forbids is her own word: an unsubscription that is not told is none.
    if (isTracking || body.event === "Consent Changed") queue.add(wireEvent(body, who, settings));
  };

  quietly(() => {
    addEventListener("pagehide", () => queue.leave());
    addEventListener("online", () => void queue.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") queue.leave();
    });
  });

  return {
    get anonymousId() {
      return who.anonymousId;
    },
    get userId() {
      return who.userId;
    },
    get isSignedIn() {
      return who.token !== null;
    },
    get isTracking() {
      return isTracking;
    },
    track: (event, properties = {}) => quietly(() => record({ type: "track", event, properties })),
    identify(first: string | Properties, second?: Properties) {
      quietly(() => {
        const userId = typeof first === "string" ? first : null;
        const traits = (typeof first === "string" ? second : first) ?? {};
        who.identify(userId, traits);
        record({ type: "identify", traits: who.traits });
      });
    },
    page: (name, properties) =>
      quietly(() => record({ type: "page", ...(name ? { name } : {}), properties: { ...pageFacts(), ...properties } })),
    group(groupId, traits = {}) {
      quietly(() => {
        who.group(groupId);
        record({ type: "group", groupId, traits });
      });
    },
    reset: () => quietly(() => who.reset()),
    flush: () => queue.flush().catch(() => {}),
    setTracking(isAllowed) {
      isTracking = isAllowed;
      if (isAllowed) keep.remove("tracking");
      else keep.set("tracking", "off");
    },
    ask,
    headers: () => authHeaders(who, settings),
    decide,
    cart: {
      get: () => ask("GET", "/v1/cart"),
      add: (variant_id, quantity = 1, beside) => ask("POST", "/v1/cart/items", { variant_id, quantity, ...beside }),
      set: (variantId, quantity) => ask("PUT", itemPath(variantId), { quantity }),
      say: (variantId, beside) => ask("PUT", itemPath(variantId), beside),
      remove: (variantId) => ask("DELETE", itemPath(variantId)),
      choose: (currency, region) => ask("PUT", "/v1/cart", { currency, ...(region ? { region } : {}) }),
    },
    shopper: {
      async signIn(email, language = navigator.language.slice(0, 2)) {
        await ask("POST", "/v1/shopper/sign-in", { email, language });
      },
      async verify(email, code) {
        // What this device did so far must be known before the sign-in joins it to the person.
        await queue.flush().catch(() => {});
        const proof = await ask<SignIn>("POST", "/v1/shopper/verify", { email, code, anonymous_id: who.anonymousId });
        who.signedIn(proof.token);
        return ask<Shopper>("GET", "/v1/shopper/me");
      },
      me: () => ask("GET", "/v1/shopper/me"),
      async save(known) {
        await ask("PUT", "/v1/shopper/me", known);
      },
      orders: () => ask("GET", "/v1/shopper/orders"),
      async signOut() {
        if (who.token) await ask("POST", "/v1/shopper/sign-out").catch(() => {});
        who.reset();
      },
    },
    checkout: (order, key = uuid()) =>
      ask("POST", "/v1/orders", { channel: "web", ...order }, { "idempotency-key": key }),
    push: openPush(ask),
    onsite: openOnsite(
      ask,
      async () => (await decide<{ onsite_messages: Waiting }>(["onsite_messages"])).onsite_messages,
    ),
    live: (handler, topics = ["product", "profile", "order"], onGap = () => {}) =>
      openLive(host, topics, handler, onGap, who, settings),
  };
}
