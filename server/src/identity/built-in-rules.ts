import type { IdentifierType, RulesConfig } from "./contracts.ts";

const own = (
  type: string,
  limit: number,
  window: IdentifierType["window"],
  identifies: boolean,
  people: number,
): IdentifierType => ({
  type,
  limit,
  window,
  identifies,
  traits: [],
  properties: [],
  alarm: { people, days: 30 },
});

/** What holds until somebody decides otherwise. */
export const BUILT_IN: RulesConfig = {
  types: [
    own("user_id", 1, "ever", true, 10),
    own("loyalty_id", 1, "ever", true, 10),
    own("email", 5, "annual", false, 10),
    own("phone", 5, "annual", false, 10),
    own("device_id", 5, "annual", false, 20),
    own("anonymous_id", 5, "weekly", false, 20),
  ],
  blocked: {
    // What programs send when they have no id: taken for a person it would join strangers.
    values: [
      "-1",
      "[object object]",
      "anonymous",
      "distinct_id",
      "distinctid",
      "email",
      "false",
      "guest",
      "id",
      "nan",
      "nil",
      "none",
      "not_authenticated",
      "null",
      "true",
      "undefined",
      "unknown",
      "user_id",
      "userid",
    ],
    prefixes: [],
    only_zeros_and_dashes: true,
  },
  caps: { merges: 100, identifiers: 1000 },
  typed_channels: ["store", "phone", "mail"],
};
