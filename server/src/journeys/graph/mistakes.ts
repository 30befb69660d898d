import type { FieldError } from "../../platform/errors.ts";

/**
 * What can be wrong with a draft. The codes are stable: screens say them in the reader's language; the sentences are for
 * whoever writes to the API.
 */
export const MISTAKES = {
  lost_way: "there is no such node",
  unreachable: "no way leads here",
  no_rest: "this loop has no wait in it",
  endless: "no way leads to an exit, and there is no goal",
  aimless: "only for a journey that is entered by a segment",
  cannot_run: "nothing here can run this kind of node",
  not_filled_in: "is not filled in yet",
  no_segment: "there is no such segment",
  no_list: "there is no such list",
  no_template: "there is no such template",
  no_journey: "there is no such journey",
  journey_archived: "that journey is archived",
  no_audience: "no such ad audience that journeys fill",
  no_message_there: "no message is sent there",
  no_goal: "without a goal of the journey nothing tells which is better",
  same_name: "another variant, or whoever is held out, goes by this name",
  bad_schedule: "this rule gives no times, or more often than every ten minutes",
} as const;
export type MistakeCode = keyof typeof MISTAKES;

export function mistake(code: MistakeCode, path: string): FieldError {
  return { path, message: MISTAKES[code], code };
}
