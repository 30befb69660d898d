import type { History } from "../../platform/history.ts";
import { IN_PERIOD, JOIN_PERSON, NOBODY, PERSON, type Period } from "./person.ts";

/** How many people did anything in the period. */
export async function countPeople(history: History, period: Period): Promise<number> {
  const [row] = await history.query<{ people: number }>(
    `select uniqExact(${PERSON}) as people from events ${JOIN_PERSON} where ${IN_PERIOD} and profile_id != ${NOBODY}`,
    { ...period },
  );
  return row?.people ?? 0;
}
