import { queryOptions } from "@tanstack/react-query";

import type { CALL_OUTCOMES, CallOutcome, CallView } from "../../../server/src/messages/contracts.ts";
import { get } from "../api/http.ts";

export type { CallOutcome, CallView };

export const CALLS = ["calls"] as const;

/** In the order in which they are offered. */
export const OUTCOMES = [
  "reached",
  "bought",
  "call_back",
  "no_answer",
  "not_interested",
  "wrong_number",
  "do_not_call",
] as const satisfies readonly (typeof CALL_OUTCOMES)[number][];

export const callQuery = (id: string) =>
  queryOptions({ queryKey: [...CALLS, id], queryFn: () => get<CallView>(`/v1/calls/${id}`) });
