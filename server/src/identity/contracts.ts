import { z } from "zod";

import { CHANNELS } from "../collect/contracts.ts";

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

const id = z.union([z.string().max(500), z.number()]).nullish();
const json = z.record(z.string(), z.json());

/** An event of a rehearsal, as a client would send it; `verified` stands for a code or a token that proved it. */
export const rehearsedEvent = z.object({
  type: z.enum(["track", "identify", "page", "screen", "group", "alias"]).default("identify"),
  event: z.string().max(200).optional(),
  userId: id,
  anonymousId: id,
  previousId: id,
  traits: json.default({}),
  properties: json.default({}),
  context: json.default({}),
  channel: z.enum(CHANNELS).default("web"),
  timestamp: z.iso.datetime().optional(),
  verified: z.boolean().default(false),
});
export type RehearsedEvent = z.infer<typeof rehearsedEvent>;

/** `rules` are tried instead of those in force. */
export const rehearsalBody = z.object({
  events: z.array(rehearsedEvent).min(1).max(200),
  rules: rulesConfig.optional(),
});
export type RehearsalBody = z.infer<typeof rehearsalBody>;

const identifier = z.object({ type: z.string(), value: z.string() });
export const REASONS = ["limit", "verified_conflict", "unproven", "cap", "separated", "shared"] as const;

export const rehearsalAnswer = z.object({
  people: z.array(
    z.object({
      events: z.array(z.int()),
      identifiers: z.array(
        identifier.extend({ verified: z.boolean(), bridging: z.enum(["shared", "overused"]).nullable() }),
      ),
    }),
  ),
  events: z.array(
    z.object({ person: z.int().nullable(), left_out: z.array(identifier.extend({ reason: z.enum(REASONS) })) }),
  ),
  alarms: z.array(identifier.extend({ people: z.int() })),
});
export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>;

const person = z.object({ id: z.string(), name: z.string().nullable() });

/** What was not joined: to whom it came, and whose it is. */
export const warningItem = identifier.extend({
  id: z.string(),
  reason: z.enum(REASONS),
  at: z.string(),
  last_at: z.string(),
  times: z.int(),
  person,
  held_by: person.nullable(),
});
export type WarningItem = z.infer<typeof warningItem>;

export const alarmItem = identifier.extend({
  id: z.string(),
  at: z.string(),
  people: z.int(),
  held_by: person.nullable(),
});
export type AlarmItem = z.infer<typeof alarmItem>;
