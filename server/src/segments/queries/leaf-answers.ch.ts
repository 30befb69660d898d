import type { History } from "../../platform/history.ts";
import type { LeafPart } from "../compile/leaf-parts.ts";
import { peopleEvents } from "./people-events.ch.ts";

/** The answer of each leaf for those of these people who have events that are asked for; the others are absent. */
export async function leafAnswers(
  history: History,
  { leaves, asked, params }: LeafPart,
  among: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, readonly boolean[]>> {
  const found = await history.query<{ person: string; answers: number[] }>(
    `select person, [${leaves.map(({ sql }) => `toUInt8(${sql.holds})`).join(", ")}] as answers
     from (${peopleEvents(asked)}) where person in {among:Array(UUID)} group by person`,
    { ...params, among },
    signal,
  );
  return new Map(found.map((row) => [row.person, row.answers.map((answer) => answer === 1)]));
}
