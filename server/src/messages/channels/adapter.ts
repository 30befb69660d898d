import type { z } from "zod";

import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { Outbound } from "../../platform/outbound/outbound.ts";
import type { AccountChannel, Channel, ChannelContent, ContentOf } from "../content/kinds.ts";
import type { HookRequest, ProviderNews } from "./provider-news.ts";

/** One finished message on its way out. */
export interface OutgoingMessage<C extends Channel = Channel> {
  /** The same over all tries: idempotency key, and what a Message-ID is made of. */
  readonly id: string;
  /** The address in the channel's own form (`address.ts`): e-mail address, E.164 number, device, person at a platform. */
  readonly to: string;
  readonly content: ContentOf<C>;
  /** RFC 3339; the moment this try began. */
  readonly at: string;
}

/** What a provider said of one message. */
export type Outcome =
  | { readonly kind: "accepted" /** What its webhooks will call the message. */; readonly providerId: string | null }
  | No;

export type No =
  /** It will never go. `badAddress`: because nobody is there, so nothing more goes to this address. */
  | { readonly kind: "permanent"; readonly reason: string; readonly badAddress?: boolean }
  | { readonly kind: "transient"; readonly reason: string }
  /** Not now: the whole account has had enough, for so long when the provider says it. */
  | { readonly kind: "limited"; readonly reason: string; readonly retryAfterMs: number | null };

/** Null when the account works; else what the provider says. */
export type Check = { readonly ok: true; readonly detail: string } | { readonly ok: false; readonly detail: string };

/** The open way to one provider account: it may hold connections and tokens. */
export interface Line {
  /** One outcome per message, in their order; never throws. */
  send(batch: readonly OutgoingMessage[]): Promise<readonly Outcome[]>;
  /** Asks the provider whether we may send, without sending. */
  check(): Promise<Check>;
  /** Lets what is under way finish, then closes; for an account that has changed. */
  retire(): void;
  /** Closes at once: what is under way is tried again. */
  close(): void;
}

export interface Account<S = unknown, K extends string = string, H extends string = string> {
  readonly id: string;
  readonly settings: S;
  readonly secrets: Readonly<Record<K, string>> & Readonly<Partial<Record<H, string>>>;
  /** Instead of the provider's own address. */
  readonly endpoint: string | null;
}

/** What an adapter may use of the house. */
export interface Tools {
  readonly http: Pick<Outbound, "send" | "check">;
  readonly clock: Clock;
  readonly db: Db;
  /** Our own origin, without a slash at the end. */
  readonly publicUrl: string;
  /** Connections and requests at once. */
  readonly hands: number;
}

/** What is known of a provider beside how to talk to it. */
export interface ProviderSpec<C extends AccountChannel, S extends z.ZodType, K extends string, H extends string> {
  readonly channel: C;
  readonly provider: string;
  /** As people know it. */
  readonly title: string;
  readonly settings: S;
  /** Without these nothing can be sent. */
  readonly secrets: readonly K[];
  /** Without these the provider's hook is not believed. */
  readonly hookSecrets?: readonly H[];
  /** What the settings answer to STOP, START and HELP goes as a message of its own: the hook's answer cannot carry it. */
  readonly repliesByMessage?: true;
  /** Reads a request of the provider to our hook; null when it is not signed as this account's would be. */
  readHook?(request: HookRequest, account: Account<z.infer<S>, K, H>, tools: Tools): Promise<HookReading | null>;
}

/** A provider of a channel: one file each. */
export interface AdapterSpec<C extends Channel, S extends z.ZodType, K extends string, H extends string>
  extends ProviderSpec<C, S, K, H> {
  open(account: Account<z.infer<S>, K, H>, tools: Tools): Line;
}

export interface HookReading {
  readonly news: readonly ProviderNews[];
  /** What alone is signed, where that is not the news: for other news it is believed no more. */
  readonly token?: string;
  /** What the provider wants to hear; nothing when absent. */
  readonly answer?: { readonly type: string; readonly body: string };
}

export type Adapter = AdapterSpec<Channel, z.ZodType, string, string>;

/** Types an adapter by its own settings and secrets; from here on it is one of many. */
export function adapter<
  C extends Channel,
  S extends z.ZodType,
  const K extends string = never,
  const H extends string = never,
>(spec: AdapterSpec<C, S, K, H>): Adapter {
  return spec as unknown as Adapter;
}

interface LineParts {
  check(): Promise<Check>;
  close?: () => void;
}

/** A line over which messages go one by one, each in a request of its own. */
export function lineOf<C extends Channel>(
  channel: C,
  parts: LineParts & { send(message: OutgoingMessage<C>): Promise<Outcome> },
): Line {
  return batchLineOf(channel, 1, { ...parts, send: async ([message]) => (message ? [await parts.send(message)] : []) });
}

/** A line over which up to `most` messages go in one request; `send` answers for each of them. */
export function batchLineOf<C extends Channel>(
  channel: C,
  most: number,
  parts: LineParts & { send(batch: readonly OutgoingMessage<C>[]): Promise<readonly Outcome[]> },
): Line {
  const isFor = (message: OutgoingMessage): message is OutgoingMessage<C> & OutgoingMessage =>
    (message.content as ChannelContent).channel === channel;
  const sendPart = async (part: readonly OutgoingMessage<C>[]): Promise<readonly Outcome[]> => {
    try {
      return await parts.send(part);
    } catch (error) {
      return part.map(() => ({ kind: "transient", reason: reasonOf(error) }));
    }
  };
  return {
    async send(batch) {
      const ours = batch.filter(isFor);
      const sliced = Array.from({ length: Math.ceil(ours.length / most) }, (_, i) =>
        ours.slice(i * most, (i + 1) * most),
      );
      const outcomes = (await Promise.all(sliced.map(sendPart))).flat();
      let next = 0;
      return batch.map((message) =>
        isFor(message)
          ? (outcomes[next++] ?? { kind: "transient", reason: "no word of this message" })
          : { kind: "permanent", reason: `not a message for ${channel}` },
      );
    },
    check: parts.check,
    retire: () => parts.close?.(),
    close: () => parts.close?.(),
  };
}

/** An error's words on one line, short enough to be kept with the message. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 300);
}
