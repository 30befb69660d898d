import { queryOptions } from "@tanstack/react-query";

import type { AlarmItem, RulesAnswer, RulesConfig } from "../../../server/src/identity/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type IdentifierType = RulesConfig["types"][number];

export const rulesQuery = queryOptions({
  queryKey: ["identity", "rules"],
  queryFn: () => get<RulesAnswer>("/v1/identity/rules"),
});

export const alarmsQuery = queryOptions({
  queryKey: ["identity", "alarms"],
  queryFn: () => get<Page<AlarmItem>>("/v1/identity/alarms"),
});

/** What is sent back of what was read. */
export function editable({ types, blocked, caps, typed_channels }: RulesConfig): RulesConfig {
  return { types, blocked, caps, typed_channels };
}
