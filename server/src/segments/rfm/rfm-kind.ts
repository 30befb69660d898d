import type { ConditionKind } from "../contracts.ts";
import { expandRfm } from "./boundaries.ts";
import type { RfmCondition } from "./groups.ts";
import { newestVersion } from "./queries/versions.pg.ts";
import { rfmCondition } from "./shapes.ts";

/** `{ "rfm": "champions" }`: written out as conditions on orders, with the boundaries that count now. */
export const rfmKind: ConditionKind = {
  key: "rfm",
  schema: rfmCondition,
  async meaning(db) {
    const boundaries = (await newestVersion(db))?.boundaries ?? null;
    return (node) => expandRfm(node as RfmCondition, boundaries);
  },
};
