import type { ImportedItem } from "../../collect/index.ts";
import { checkImported } from "../../collect/index.ts";
import type { Plan } from "../mapping/compile-mapping.ts";
import { convertEvent } from "./convert-event.ts";
import { convertOrder } from "./convert-order.ts";
import { convertPerson } from "./convert-person.ts";
import type { Unit } from "./group-rows.ts";
import type { Converted, ConvertFacts, Item } from "./item.ts";
import type { RowProblem, RowProblemCode } from "./problems.ts";

/** What a unit of rows gives: items ready for the inbox, or why its rows are not taken. */
export interface Ready {
  readonly items: readonly (ImportedItem & { readonly row: number; readonly text: string })[];
  readonly problems: readonly RowProblem[];
}

export interface UnitFacts extends ConvertFacts {
  readonly plan: Plan;
  readonly header: readonly string[];
  readonly importId: string;
}

/** Stands in for whoever an event names by an e-mail address or number alone; the door asks for one of two ids. */
const NO_ID = "-";

export function convertUnit(facts: UnitFacts, unit: Unit): Ready {
  const { items, problems } = convert(facts, unit);
  if (problems.length > 0) return { items: [], problems };
  const ready: Ready["items"][number][] = [];
  for (const item of items) {
    const checked = check(facts, item);
    if (typeof checked === "string") return { items: [], problems: refuseAll(unit, checked) };
    ready.push({ ...item, events: checked, text: unit.rows[0]?.text ?? "" });
  }
  return { items: ready, problems: [] };
}

function convert(facts: UnitFacts, unit: Unit): Converted {
  const first = unit.rows[0];
  if (!first) return { items: [], problems: [] };
  if (unit.refused !== null) return { items: [], problems: refuseAll(unit, "order_too_long") };
  switch (facts.plan.kind) {
    case "people":
      return convertPerson(facts.plan, first, facts);
    case "events":
      return convertEvent(facts.plan, first, facts.header, facts);
    case "orders":
      return convertOrder(facts.plan, unit.rows, facts);
  }
}

function refuseAll({ rows }: Unit, code: RowProblemCode): RowProblem[] {
  return rows.map(({ number, text }) => ({ row: number, column: null, code, text }));
}

function check(facts: UnitFacts, item: Item): ImportedItem["events"] | RowProblemCode {
  const { kind, options } = facts.plan;
  const events = [];
  for (const { suffix, raw } of item.events) {
    const hasId = raw.userId !== undefined || raw.anonymousId !== undefined;
    const event = checkImported(hasId ? raw : { ...raw, anonymousId: NO_ID }, {
      kind,
      messageId: `${kind}:${item.key}${suffix}`,
      receivedAt: facts.now,
      historical: options.historical,
    });
    if (typeof event === "string") return event;
    events.push({
      ...event,
      anonymousId: hasId ? event.anonymousId : null,
      context: { ...event.context, import: { id: facts.importId, row: item.row } },
    });
  }
  return events;
}
