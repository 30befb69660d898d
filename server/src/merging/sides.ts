import { type Identifier, keyOf } from "../identity/index.ts";
import type { PastRow } from "./past-event.ts";
import type { Plan } from "./plan-separation.ts";

export type Side = "from" | "into";

/**
 * Tells, event by event in the order they came in, to which of two people it belongs who were one for a while: what came
 * in under the merged one's ids, and since then whatever her identifiers carried. The strongest identifier that is known
 * decides; one that was new goes with the event that brought it. What neither side's identifiers carry stays with the
 * one who lived on.
 */
export class Sides {
  readonly #plan: Plan;
  readonly #of: Map<string, Side>;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#of = new Map([...plan.identifiers].map((key) => [key, "from"]));
  }

  sideOf(row: PastRow, identifiers: readonly Identifier[]): Side {
    const { members, hosts, batch } = this.#plan;
    const origin = this.#plan.originOf(row);
    if (members.has(origin)) return "from";
    // Under the id of a third one of the family nothing of hers can stand, nor before she was merged.
    const side = !hosts.has(origin) || row.batch < batch ? "into" : this.#judge(identifiers);
    for (const identifier of identifiers) {
      const key = keyOf(identifier);
      if (!this.#of.has(key)) this.#of.set(key, side);
    }
    return side;
  }

  /** Whose an identifier is that the person holds now. */
  ownerOf(identifier: Identifier): Side {
    return this.#of.get(keyOf(identifier)) ?? "into";
  }

  #judge(identifiers: readonly Identifier[]): Side {
    for (const identifier of identifiers) {
      const side = this.#of.get(keyOf(identifier));
      if (side !== undefined) return side;
    }
    return "into";
  }
}
