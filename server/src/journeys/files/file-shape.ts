import { z } from "zod";

import { CHANNELS } from "../../collect/contracts.ts";
import { duration } from "../graph/shapes.ts";

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, "a key of small letters, digits and -");
const json = z.record(z.string().max(200), z.json());

/** What happens to the person of a scenario: an event, or traits that somebody tells. */
const happening = z.strictObject({
  /** After the start of the scenario. */
  after: z.union([z.literal("PT0S"), duration]).default("PT0S"),
  event: z.string().min(1).max(200).optional(),
  channel: z.enum(CHANNELS).optional(),
  properties: json.default({}),
  traits: json.optional(),
});
const expectation = z.strictObject({
  after: z.union([z.literal("PT0S"), duration]).optional(),
  /** A template by its key. */
  message: key.optional(),
  language: z.string().max(20).optional(),
  subject: z.string().max(500).optional(),
  /** Stands somewhere in its text. */
  contains: z.string().max(500).optional(),
  /** How the run ends: `goal`, `completed` …, `waiting`, or `never` for who does not come in. */
  ends: z.string().max(40).optional(),
});

export const scenario = z.strictObject({
  name: z.string().min(1).max(200),
  starts: z.iso.datetime().default("2026-03-02T10:00:00.000Z"),
  traits: json.default({}),
  /** Channels on which marketing is wanted. */
  consent: z.array(z.string().max(20)).default(["email"]),
  given: z.array(happening).max(200).default([]),
  /** Lets the person in at the start, for journeys that begin by a schedule, a date, a list or the API. */
  enters: z.boolean().default(false),
  /** What webhooks answer, by node. */
  answers: z.record(z.string(), json).optional(),
  /** In their order. All messages that are sent must be named. */
  expect: z.array(expectation).max(100),
});
export type Scenario = z.infer<typeof scenario>;

/** A template as POST /v1/templates takes it. */
const template = z.looseObject({
  name: z.string().min(1).max(120),
  channel: z.string().max(20).optional(),
  purpose: z.enum(["marketing", "transactional"]).default("marketing"),
  default_language: z.string().max(20).default("en"),
  contents: z.record(z.string(), z.unknown()),
});

/**
 * A journey with all it needs, to be read in git and taken in elsewhere. Where its graph names a template, a segment or a
 * list it says `@template:key`, `@segment:key`, `@list:key`.
 */
export const journeyFile = z.strictObject({
  kilim: z.literal("journey/1"),
  name: z.string().trim().min(1).max(120),
  about: z.string().max(1_000).optional(),
  graph: z.record(z.string(), z.unknown()),
  templates: z.record(key, template).default({}),
  segments: z.record(key, z.strictObject({ name: z.string().min(1).max(120), definition: z.unknown() })).default({}),
  lists: z.record(key, z.strictObject({ name: z.string().min(1).max(120) })).default({}),
  scenarios: z.array(scenario).max(50).default([]),
});
export type JourneyFile = z.infer<typeof journeyFile>;
