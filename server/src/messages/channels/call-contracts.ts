import { z } from "zod";

import { pageOf, pageQuery } from "../../platform/pages.ts";

/** What can come of a call; after `call_back` it stays in the list. */
export const CALL_OUTCOMES = [
  "reached",
  "bought",
  "call_back",
  "no_answer",
  "wrong_number",
  "not_interested",
  "do_not_call",
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const callView = z.object({
  id: z.uuid(),
  profile_id: z.uuid().nullable(),
  phone: z.string(),
  reason: z.string(),
  script: z.string(),
  due_at: z.string(),
  state: z.enum(["open", "done"]),
  /** Who is on it, so that nobody is called by two. */
  taken_by: z.string().nullable(),
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  note: z.string().nullable(),
  done_by: z.string().nullable(),
  done_at: z.string().nullable(),
});
export type CallView = z.infer<typeof callView>;
export const callPage = pageOf(callView);
export const callQuery = pageQuery.extend({ state: z.enum(["open", "done"]).default("open") });

export const finishBody = z.strictObject({
  outcome: z.enum(CALL_OUTCOMES),
  note: z.string().trim().max(2_000).default(""),
  /** With `call_back`: when. */
  due_at: z.iso.datetime().optional(),
});
export type FinishBody = z.infer<typeof finishBody>;
