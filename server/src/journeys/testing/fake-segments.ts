import { AppError, platformErrors } from "../../platform/errors.ts";
import { isJsonObject } from "../../platform/json.ts";
import type { Condition } from "../../segments/contracts.ts";
import type { SegmentDoor } from "../deps.ts";

export const CARTS = "01960000-0000-7000-8000-0000000000aa";

/** Segments are what a test says they are: which conditions hold (`profile trait`), who is in which (`segment profile`). */
export function fakeSegments(holds: ReadonlySet<string>, audiences: ReadonlyMap<string, string[]>): SegmentDoor {
  return {
    parse(definition) {
      if (isJsonObject(definition) && Object.keys(definition).length > 0) return definition as unknown as Condition;
      throw new AppError("invalid_definition", platformErrors.invalid_request, undefined, [
        { path: "definition", message: "a condition is an object" },
      ]);
    },
    matches: (filter, event) =>
      event.name === filter.did &&
      (filter.where ?? []).every((test) => "value" in test && event.properties[test.property] === test.value),
    existing: async (_db, ids) => new Set(ids.filter((id) => id === CARTS || audiences.has(id))),
    existingLists: async (_db, ids) => new Set(ids.filter((id) => audiences.has(id))),
    membersAmong: async (_db, segments, people) =>
      new Set(segments.flatMap((one) => people.map((id) => `${one} ${id}`)).filter((pair) => holds.has(pair))),
    people: async (_db, audience, after, limit) =>
      (audiences.get("segment_id" in audience ? audience.segment_id : audience.list_id) ?? [])
        .filter((id) => after === null || id > after)
        .sort()
        .slice(0, limit),
    changeList: async (_tx, listId, { add, remove }) => {
      const on = audiences.get(listId) ?? [];
      on.splice(0, on.length, ...on.filter((id) => !remove.includes(id) && !add.includes(id)), ...add);
    },
    describe: async () => new Map(),
    nameLists: async () => new Map(),
    segmentCalled: async () => CARTS,
    listCalled: async () => CARTS,
    watch: async () => {},
    refreshMeanings: async () => {},
    evaluate: async (_tx, asked) =>
      asked.map(({ profileId, condition }) => {
        const trait = "trait" in condition ? condition.trait : "";
        if (trait === "broken") throw new Error("cannot be decided");
        return holds.has(`${profileId} ${trait}`);
      }),
  };
}
