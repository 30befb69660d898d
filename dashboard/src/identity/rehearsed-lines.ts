import type { RehearsedEvent } from "../../../server/src/identity/contracts.ts";

export const FIELDS = ["user_id", "loyalty_id", "email", "phone", "anonymous_id"] as const;
export const CHANNELS = ["web", "app", "store", "phone"] as const;

/** One event of the rehearsal as it is filled in. */
export interface Line {
  readonly ids: Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;
  readonly channel: (typeof CHANNELS)[number];
  readonly isProven: boolean;
}

export const NO_LINE: Line = { ids: {}, channel: "web", isProven: false };

const line = (ids: Line["ids"], channel: Line["channel"] = "web"): Line => ({ ids, channel, isProven: false });

export const EXAMPLES = {
  household: [
    line({ user_id: "ada", anonymous_id: "ada-phone" }),
    line({ user_id: "bea", anonymous_id: "bea-phone" }),
    line({ user_id: "ada", email: "family@example.com" }),
    line({ user_id: "bea", email: "family@example.com" }),
    line({ email: "family@example.com" }, "store"),
  ],
  tablet: [
    line({ user_id: "ada", anonymous_id: "tablet" }),
    line({ user_id: "bea", anonymous_id: "tablet" }),
    line({ anonymous_id: "tablet" }),
    line({ anonymous_id: "tablet", email: "guest@example.com" }),
  ],
  till: [
    line({ user_id: "jane", email: "jane@example.com" }),
    line({ loyalty_id: "L-7" }, "store"),
    line({ loyalty_id: "L-7", email: "jane@example.com" }, "store"),
    line({ user_id: "jane", loyalty_id: "L-7" }),
  ],
} as const satisfies Record<string, readonly Line[]>;

export function toEvent({ ids, channel, isProven }: Line): Partial<RehearsedEvent> {
  const { user_id, anonymous_id, ...traits } = ids;
  return {
    type: "identify",
    userId: user_id || null,
    anonymousId: anonymous_id || null,
    traits: Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== "")),
    channel,
    verified: isProven,
  };
}
