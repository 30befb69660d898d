import { z } from "zod";

import { comparison, reaction } from "../graph/shapes.ts";

const note = <C extends string, S extends z.ZodRawShape>(code: C, shape: S) =>
  z.strictObject({ code: z.literal(code), ...shape });
const localTime = z.string().describe("Local, such as 2026-12-01T09:00");
const count = z.int();

/** Why a channel was chosen, in figures rather than in words. */
export const channelReason = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("only_open") }).describe("No other is open"),
  z.strictObject({ by: z.literal("preferred") }),
  z.strictObject({ by: z.literal("first_with_consent") }),
  z.strictObject({
    by: z.literal("learnt"),
    is_trial: z.boolean().describe("Chosen to learn, against what is believed now"),
    is_wished: z.boolean().describe("They asked for it"),
    expected: z
      .number()
      .optional()
      .describe("Of whom nothing is known yet: the worth of a message to people like them"),
    counts: z
      .array(z.strictObject({ channel: z.string(), sent: count, read: count, bought: count }))
      .describe("Their own messages by channel, the chosen one first"),
  }),
]);
export type ChannelReason = z.infer<typeof channelReason>;

/** By what somebody came in. */
export const cameBy = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("event"), event: z.string() }),
  z.strictObject({ by: z.literal("segment"), segment: z.string() }),
  z.strictObject({ by: z.literal("left_segment"), segment: z.string() }),
  z.strictObject({ by: z.literal("schedule"), at: z.string() }),
  z.strictObject({ by: z.literal("date"), trait: z.string(), day: z.string() }),
  z.strictObject({ by: z.literal("list") }),
  z.strictObject({ by: z.literal("api") }),
  z.strictObject({ by: z.literal("journey"), journey_id: z.string() }),
  z.strictObject({ by: z.literal("rehearsal") }),
]);
export type CameBy = z.infer<typeof cameBy>;

const ownNote = z.discriminatedUnion("code", [
  note("entered", { came: cameBy }),
  note("waits", { duration: z.string() }),
  note("waited", {}),
  note("too_late", { limit: z.string() }),
  note("waits_until", { at: localTime, zone: z.string() }),
  note("waits_for_best_hour", { at: localTime, zone: z.string() }),
  note("no_date", {}),
  note("date_passed", {}),
  note("waits_for_event", { event: z.string(), at_most: z.string() }),
  note("waits_for_segment", { at_most: z.string() }),
  note("event_came", { event: z.string() }),
  note("in_segment", {}),
  note("entered_segment", { segment: z.string() }),
  note("left_segment", { segment: z.string() }),
  note("event_not_in_time", { event: z.string() }),
  note("segment_not_in_time", {}),
  note("took_case", {
    number: count,
    name: z.string().optional(),
    carried: z
      .strictObject({
        path: z.string(),
        op: comparison,
        value: z.union([z.string(), z.number(), z.boolean()]).optional(),
      })
      .optional(),
    reacted: reaction.optional(),
  }),
  note("took_otherwise", {}),
  note("by_chance", { number: count, name: z.string().optional() }),
  note("variant", { name: z.string() }),
  note("winner", { name: z.string() }),
  note("held_out", {}),
  note("message_queued", {}),
  note("message_queued_by_best", { channel: z.string(), why: channelReason }),
  note("message_is_draft", {}),
  note("message_too_late", { limit: z.string() }),
  note("no_channel", {}),
  note("calls_webhook", {}),
  note("webhook_answered", { status: count }),
  note("webhook_refused", { status: count }),
  note("webhook_silent", {}),
  note("set_traits", { traits: z.array(z.string()) }),
  note("traits_told", {}),
  note("put_on_list", {}),
  note("taken_off_list", {}),
  note("put_into_audience", {}),
  note("taken_out_of_audience", {}),
  note("sent_on", { journey_id: z.string() }),
  note("too_many_journeys", {}),
  note("event_happened", { event: z.string(), channel: z.string() }),
  note("ended", { reason: z.string() }),
  note("text", { text: z.string().describe("Kept by a version that wrote notes in English") }),
]);
export type OwnNote = z.infer<typeof ownNote>;
export type OwnNoteCode = OwnNote["code"];
export type NoteOf<C extends OwnNoteCode> = Extract<OwnNote, { code: C }>;

/** Of a kind of node that another room has brought: `loyalty.points_given`. */
const foreignNote = z.looseObject({ code: z.templateLiteral([z.string(), ".", z.string()]) });

/** What happened at a step and why: a code and what is to be said with it, for screens to put into words. */
export const noteView = z.union([ownNote, foreignNote]);
export type Note = z.infer<typeof noteView>;

/** What would be done beside, were it no rehearsal. */
export const wouldView = z.discriminatedUnion("code", [
  note("tell_traits", { traits: z.record(z.string(), z.unknown()) }),
  note("tell_event", { event: z.string() }),
  note("call", { url: z.string() }),
  note("change_list", { list_id: z.string(), do: z.enum(["add", "remove"]) }),
  note("change_audience", { audience_id: z.string(), do: z.enum(["add", "remove"]) }),
  note("enter_journey", { journey_id: z.string() }),
  note("other", { kind: z.string() }),
]);
export type Would = z.infer<typeof wouldView>;
export type WouldCode = Would["code"];

export function noteCodes(): string[] {
  return [ownNote, wouldView].flatMap(({ options }) => options.map(({ shape }) => shape.code.value));
}

/** As logs keep it; older ones hold sentences. */
export function readNote(kept: Note | string): Note {
  return typeof kept === "string" ? { code: "text", text: kept } : kept;
}
