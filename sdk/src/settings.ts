/** What a page tells the SDK. Everything but the write key has a default that suits most shops. */
export interface KilimSettings {
  /** Public key of the source; it may send events and ask about this device only. */
  readonly writeKey: string;
  /** Where Kilim answers, e.g. `https://kilim.example.com`; default: the page's own origin. */
  readonly host?: string;
  /** `local` (default) keeps id and queue in localStorage, `none` keeps them in memory until the page closes. */
  readonly storage?: "local" | "none";
  /** `true` also keeps the anonymous id in a first-party cookie for a year. Default: no cookie is ever set. */
  readonly cookies?: boolean;
  /** Channel of the events; default `web`. */
  readonly channel?: string;
  /** Where on the channel, e.g. `shop`; sent as `context.touchpoint`. */
  readonly touchpoint?: string;
  /** How long events gather before they leave, in milliseconds; default 200. */
  readonly flushAfter?: number;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type Properties = { readonly [key: string]: Json | undefined };
