import type { History } from "../../platform/history.ts";
import type { LeafPart } from "../compile/leaf-parts.ts";
import { PEOPLE_EVENTS } from "./people-events.ch.ts";

/** For everybody with such events the answer of each leaf; people without any are absent. */
export async function leafAnswers(
  history: History,
  { leaves, names, params }: LeafPart,
): Promise<Map<string, readonly boolean[]>> {
  const found = await history.query<{ person: string; answers: number[] }>(
    `select person, [${leaves.map(({ sql }) => `toUInt8(${sql.holds})`).join(", ")}] as answers
     from (${PEOPLE_EVENTS}) group by person`,
    { ...params, names },
  );
  return new Map(found.map((row) => [row.person, row.answers.map((answer) => answer === 1)]));
}
