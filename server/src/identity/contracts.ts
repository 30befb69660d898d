import { z } from "zod";

export const WINDOWS = ["ever", "annual", "monthly", "weekly"] as const;
/** These are always there; they can be moved and limited otherwise. */
export const BUILT_IN_TYPES = ["user_id", "loyalty_id", "email", "phone", "device_id", "anonymous_id"] as const;
const NOT_OF_A_PERSON = new Set(["group_id", "account_id", "profile_id"]);

const key = z.string().regex(/^[A-Za-z_][\w .-]{0,59}$/, "a name of up to 60 letters, digits, _ . - and spaces");
const value = z.string().trim().min(1).max(200);
const count = (most: number) => z.int().min(1).max(most);

/** A kind of identifier; those before it in the list are stronger. */
export const identifierType = z.object({
  type: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "lower-case letters, digits and _, a letter first"),
  limit: count(1000),
  window: z.enum(WINDOWS),
  /** One who has it is somebody known: the retailer's own number of a person. */
  identifies: z.boolean(),
  /** Further places a value is read from, beside `context.externalIds`. */
  traits: z.array(key).max(10).default([]),
  properties: z.array(key).max(10).default([]),
  /** More other people than this within so many days, and the value joins nobody any more. Null: no alarm. */
  alarm: z.object({ people: count(10_000), days: count(365) }).nullable(),
});
export type IdentifierType = z.infer<typeof identifierType>;

const config = z.object({
  types: z.array(identifierType).min(1).max(40),
  blocked: z.object({
    /** Compared whole, without regard to case, spaces around and quotes. */
    values: z.array(value).max(1000),
    prefixes: z.array(value).max(50),
    only_zeros_and_dashes: z.boolean(),
  }),
  /** Beyond these nothing is merged into a person or added to one; its events still arrive. */
  caps: z.object({ merges: count(1000), identifiers: count(10_000) }),
  /** Channels where somebody else types a customer's address. */
  typed_channels: z.array(z.string().min(1).max(20)).max(15),
});
export type RulesConfig = z.infer<typeof config>;

export const rulesConfig = config.superRefine(({ types }, context) => {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  const names = types.map(({ type }) => type);
  for (const type of BUILT_IN_TYPES)
    if (!names.includes(type)) refuse(["types"], `${type} is missing: it can be moved, not removed`);
  for (const [i, { type, identifies }] of types.entries()) {
    if (names.indexOf(type) !== i) refuse(["types", i, "type"], `${type} is there twice`);
    if (NOT_OF_A_PERSON.has(type))
      refuse(["types", i, "type"], `a ${type} is shared by people, so it cannot join them`);
    if (type === "user_id" && !identifies) refuse(["types", i, "identifies"], "one who has a user id is known");
    if ((type === "anonymous_id" || type === "device_id") && identifies)
      refuse(["types", i, "identifies"], "a device is not a person");
  }
});

/** The rules in force, with who set them and when (version 0: built in). */
export const rulesAnswer = config.extend({
  version: z.int(),
  author: z.string().nullable(),
  at: z.string().nullable(),
});
export type RulesAnswer = z.infer<typeof rulesAnswer>;

/** `version` is the one that was read: a change in between is not overwritten. */
export const rulesBody = z.object({ version: z.int().min(0), rules: rulesConfig });
export type RulesBody = z.infer<typeof rulesBody>;
