import type { Rules } from "../identity/index.ts";
import { type HistoryRow, readBatchesOf, repeatKey, unpackRows } from "../pipeline/index.ts";
import type { Db } from "../platform/db.ts";
import { Refold } from "../profiles/index.ts";
import type { Segments } from "../segments/index.ts";
import type { MergingDeps } from "./deps.ts";
import { type PastRow, toPastEvent } from "./past-event.ts";
import type { Plan } from "./plan-separation.ts";
import { readFamilyEvents } from "./queries/family-events.ch.ts";
import { Sides } from "./sides.ts";

/** Both people folded anew, in bounded memory: two profiles, their states, and 16 bytes for each event that changes hands. */
export class FamilyRefold {
  readonly sides: Sides;
  readonly profiles: Refold;
  /** Those of `from`'s events that stand under a host's id. */
  readonly hosts = new Set<string>();
  readonly orderIds: string[] = [];
  events = 0;
  readonly states: Awaited<ReturnType<Segments["beginRefold"]>>;
  readonly #plan: Plan;
  readonly #rules: Rules;
  readonly #keys: Buffer[] = [];

  constructor(plan: Plan, rules: Rules, states: Awaited<ReturnType<Segments["beginRefold"]>>) {
    this.#plan = plan;
    this.#rules = rules;
    this.states = states;
    this.sides = new Sides(plan);
    this.profiles = new Refold([plan.into, plan.from]);
  }

  add(row: PastRow): void {
    const { event, identifiers } = toPastEvent(row, this.#rules);
    const side = this.sides.sideOf(row, identifiers);
    const id = this.#plan[side];
    this.profiles.fold(id, event);
    this.states.fold(id, event);
    if (side === "into") return;
    this.events += 1;
    if (this.#plan.members.has(this.#plan.originOf(row))) return;
    this.hosts.add(row.profile_id);
    this.#keys.push(Buffer.from(repeatKey(event), "hex"));
    if (event.source === "orders" && typeof event.properties.order_id === "string")
      this.orderIds.push(event.properties.order_id);
  }

  get keys(): Buffer {
    return Buffer.concat(this.#keys);
  }
}

/** Reads all that has happened up to a batch: what is on its way first, so that what is shipped meanwhile is met once. */
export async function refoldUpTo(deps: MergingDeps, plan: Plan, upTo: number): Promise<FamilyRefold> {
  const refold = new FamilyRefold(plan, await deps.identityRules(), await deps.segments.beginRefold());
  const onTheWay = await readBatchesOf(deps.db, plan.family, { upTo });
  const { family, places } = plan;
  const except = onTheWay.map((batch) => batch.id);
  for await (const page of readFamilyEvents(deps.history, { family, places, upTo, except }))
    for (const row of page) refold.add(row);
  for (const batch of onTheWay) addBatch(refold, plan, batch.rows);
  return refold;
}

/** What has come in since; asked while no batch is under way. */
export async function refoldSince(db: Db, refold: FamilyRefold, plan: Plan, after: number): Promise<void> {
  for (const batch of await readBatchesOf(db, plan.family, { after })) addBatch(refold, plan, batch.rows);
}

function addBatch(refold: FamilyRefold, plan: Plan, packed: Buffer): void {
  const family = new Set(plan.family);
  const own = unpackRows(packed).filter((row: HistoryRow) => family.has(row.profile_id));
  const inOrder = (row: HistoryRow) => `${row.source} ${row.message_id}`;
  for (const row of own.sort((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1))) refold.add(row);
}
