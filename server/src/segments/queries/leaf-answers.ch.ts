import type { History } from "../../platform/history.ts";
import { PEOPLE_EVENTS } from "./people-events.ch.ts";

/** For everybody with such events the answer of each expression; people without any are absent. */
export async function leafAnswers(
  history: History,
  expressions: readonly string[],
  names: readonly string[],
  params: Readonly<Record<string, unknown>>,
): Promise<Map<string, readonly boolean[]>> {
  const found = await history.query<{ person: string; answers: number[] }>(
    `select person, [${expressions.map((expression) => `toUInt8(${expression})`).join(", ")}] as answers
     from (${PEOPLE_EVENTS}) group by person`,
    { ...params, names },
  );
  return new Map(found.map((row) => [row.person, row.answers.map((answer) => answer === 1)]));
}
