import { z } from "zod";

import { readAgent } from "../tracking/visitor.ts";

/** What a provider tells us by its webhook, in one form for all of them. */

export interface HookRequest {
  readonly method: string;
  /** The full address it was sent to, as the provider knows it: some sign it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string>>;
  /** As it came: signatures are over these bytes. */
  readonly body: Buffer;
}

export type MessageRef = { readonly providerId: string } | { readonly id: string };

interface AboutMessage {
  /** What the provider calls the message, or our own id where it gives that back. */
  readonly message: MessageRef;
  /** RFC 3339, by the provider's clock; null where it does not say. */
  readonly at: string | null;
  readonly reason?: string;
}

export type ProviderNews =
  | (AboutMessage & {
      readonly kind: "delivered" | "deferred" | "failed" | "complained" | "read";
    })
  | (AboutMessage & { readonly kind: "unsubscribed" })
  | (AboutMessage & { readonly kind: "bounced" /** Nobody is there, and never will be. */; readonly isHard: boolean })
  | (AboutMessage & { readonly kind: "opened"; readonly isMachine: boolean })
  | (AboutMessage & { readonly kind: "clicked"; readonly url: string; readonly isMachine: boolean })
  /** Somebody wrote to us. */
  | {
      readonly kind: "received";
      /** Tells repeats apart. */
      readonly providerId: string;
      readonly from: string;
      readonly text: string;
      readonly at: string | null;
      /** The message it answers, where the provider says so. */
      readonly answers: string | null;
    };

/** Our own id is better than theirs: it is known before they have answered us. */
export function toMessage(id: string | undefined, providerId: string | undefined): MessageRef | null {
  if (id !== undefined) return { id };
  return providerId === undefined || providerId === "" ? null : { providerId };
}

/** An opening or a click as a provider tells it, with the program it came from where it says: ours are judged alike. */
export function openedBy(agent: string | undefined): { readonly kind: "opened"; readonly isMachine: boolean } {
  const { isMachine, isProxy } = readAgent(agent ?? "");
  return { kind: "opened", isMachine: isMachine || isProxy };
}
export function clickedBy(agent: string | undefined): { readonly kind: "clicked"; readonly isMachine: boolean } {
  return { kind: "clicked", isMachine: readAgent(agent ?? "").isMachine };
}

/** Reads a list entry by entry: what is not documented is left out, the rest goes on. */
export function readEach<T extends z.ZodType>(
  list: unknown,
  schema: T,
  read: (entry: z.infer<T>) => ProviderNews | null,
): ProviderNews[] {
  const entries = Array.isArray(list) ? list.slice(0, MOST_ENTRIES) : [list];
  return entries.flatMap((entry: unknown) => {
    const parsed = schema.safeParse(entry);
    const news = parsed.success ? read(parsed.data) : null;
    return news === null ? [] : [news];
  });
}

const MOST_ENTRIES = 1_000;

export function instantOfSeconds(seconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(seconds * 1000)).toString();
}

/** A time as text; what is none is as good as not said. */
export const instantText = z.string().transform((text) => {
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? Temporal.Instant.fromEpochMilliseconds(ms).toString() : null;
});
