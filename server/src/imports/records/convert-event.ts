import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import type { Plan } from "../mapping/compile-mapping.ts";
import type { Row } from "../reading/read-rows.ts";
import { type Converted, type ConvertFacts, digestOf, keyOf } from "./item.ts";
import { RowReader, senderOf } from "./row-reader.ts";

const TYPES = new Set(["track", "identify", "page", "screen", "group"]);

/** A row of events: one event as it would have come by the Segment API. */
export function convertEvent(plan: Plan, row: Row, header: readonly string[], facts: ConvertFacts): Converted {
  const reader = new RowReader(plan, row);
  const raw = row.cells === null ? null : readEvent(plan, reader, facts);
  const who = raw?.who;
  if (row.cells !== null && !who) reader.fail("nobody", null);
  if (reader.problem || !raw || !who) {
    const problem = reader.problem ?? { code: "nobody" as const, column: null };
    return { items: [], problems: [{ row: row.number, text: row.text, ...problem }] };
  }
  const id = reader.text("id");
  const key = id === undefined ? `row:${digestOf(contentOf(row, header))}` : keyOf(id);
  const events = [{ suffix: "", raw: raw.event }];
  return { items: [{ key, digest: digestOf(events), sender: who.strongest, row: row.number, events }], problems: [] };
}

function readEvent(plan: Plan, reader: RowReader, facts: ConvertFacts) {
  const who = reader.who();
  const type = reader.text("type")?.toLowerCase() ?? "track";
  if (!TYPES.has(type)) reader.fail("not_a_type", reader.find("type")?.source.column ?? null);
  const name = reader.text("event") ?? plan.options.event;
  if (name === undefined && type === "track") reader.fail("value_missing", columnOf(plan, "event"));
  const timestamp = reader.time("time", facts.now);
  if (timestamp === undefined) reader.fail("value_missing", columnOf(plan, "time"));
  const traits = reader.object(plan.traits);
  const properties = reader.object(plan.properties);
  const touchpoint = reader.text("touchpoint");
  const channel = reader.text("channel") ?? plan.options.channel;
  if (!who) return null;
  const { context: whoContext, ...sender } = senderOf(who);
  const known = isJsonObject(whoContext) && isJsonObject(whoContext.traits) ? whoContext.traits : {};
  const allTraits: JsonObject = { ...traits, ...known };
  const isIdentify = type === "identify";
  const context: Record<string, Json> = {
    ...reader.object(plan.context),
    ...(isIdentify || Object.keys(allTraits).length === 0 ? {} : { traits: allTraits }),
    ...(touchpoint === undefined ? {} : { touchpoint }),
  };
  const event: JsonObject = {
    type,
    ...(type === "track" && name !== undefined ? { event: name } : {}),
    ...(type === "page" || type === "screen" ? { name: name ?? null } : {}),
    ...(type === "group" ? { groupId: properties.group_id ?? name ?? null } : {}),
    ...sender,
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(channel === undefined ? {} : { channel }),
    ...(isIdentify ? { traits: allTraits } : { properties }),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
  return { who, event };
}

function columnOf(plan: Plan, field: string): string | null {
  return plan.fields.get(field)?.[0]?.column ?? null;
}

/** All fields of the row beside their names, in an order of their own: a column that moved changes nothing. */
function contentOf(row: Row, header: readonly string[]): unknown {
  if (!Array.isArray(row.cells)) return sorted(row.cells as JsonObject);
  const cells = row.cells as readonly string[];
  return header.map((name, i) => [name, cells[i]?.trim() ?? ""]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
