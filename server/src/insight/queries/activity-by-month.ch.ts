import type { History } from "../../platform/history.ts";
import { IN_PERIOD, JOIN_PERSON, NOBODY, PERSON, type Period } from "./person.ts";

export interface ActivityMonth {
  readonly month: string;
  readonly events: number;
  readonly people: number;
}

/** Events and active people per month (UTC). */
export async function activityByMonth(history: History, period: Period): Promise<ActivityMonth[]> {
  return history.query(
    `select formatDateTime(timestamp, '%Y-%m') as month, count() as events,
       uniqExactIf(${PERSON}, profile_id != ${NOBODY}) as people
     from events ${JOIN_PERSON} where ${IN_PERIOD} group by month order by month`,
    { ...period },
  );
}
