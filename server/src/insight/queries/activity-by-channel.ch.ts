import type { History } from "../../platform/history.ts";
import { IN_PERIOD, JOIN_PERSON, NOBODY, PERSON, type Period } from "./person.ts";

export interface ActivityChannel {
  readonly channel: string;
  readonly events: number;
  readonly people: number;
}

/** Events and active people per channel. */
export async function activityByChannel(history: History, period: Period): Promise<ActivityChannel[]> {
  return history.query(
    `select channel, count() as events, uniqExactIf(${PERSON}, profile_id != ${NOBODY}) as people
     from events ${JOIN_PERSON} where ${IN_PERIOD} group by channel order by channel`,
    { ...period },
  );
}
