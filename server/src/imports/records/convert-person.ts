import type { JsonObject } from "../../platform/json.ts";
import type { Plan } from "../mapping/compile-mapping.ts";
import type { Row } from "../reading/read-rows.ts";
import { type Converted, type ConvertFacts, digestOf } from "./item.ts";
import { RowReader, senderOf } from "./row-reader.ts";

/** A row of people: an `identify` with its traits, and one `Consent Changed` for each consent it tells of. */
export function convertPerson(plan: Plan, row: Row, facts: ConvertFacts): Converted {
  const reader = new RowReader(plan, row);
  const who = row.cells === null ? undefined : reader.who();
  if (row.cells !== null && !who) reader.fail("nobody", null);
  const time = who && reader.time("time", facts.now);
  const traits = who ? { ...reader.object(plan.traits), ...who.traits } : {};
  const consents = who ? readConsents(plan, reader, facts) : [];
  if (reader.problem || !who) {
    const problem = reader.problem ?? { code: "nobody" as const, column: null };
    return { items: [], problems: [{ row: row.number, text: row.text, ...problem }] };
  }
  const { userId, anonymousId } = who;
  const identify = { type: "identify", ...(userId ? { userId } : {}), ...(anonymousId ? { anonymousId } : {}), traits };
  const said: { suffix: string; raw: JsonObject }[] = [
    { suffix: "", raw: time ? { ...identify, timestamp: time } : identify },
  ];
  const source = reader.text("consent_source")?.slice(0, 100) ?? "import";
  const wording = reader.text("consent_wording")?.slice(0, 2000);
  for (const { channel, purpose, state, at } of consents) {
    const raw = {
      type: "track",
      event: "Consent Changed",
      ...senderOf(who),
      timestamp: at,
      properties: { channel, purpose, state, source, ...(wording === undefined ? {} : { wording }) },
    };
    said.push({ suffix: `:consent:${channel}:${purpose}`, raw });
  }
  const digest = digestOf(said);
  const events = time ? said : said.map((event, i) => (i === 0 ? withTime(event, facts.madeAt) : event));
  const key = `${facts.sign(who.strongest)}:${digest.slice(0, 32)}`;
  return { items: [{ key, digest, sender: who.strongest, row: row.number, events }], problems: [] };
}

function withTime<T extends { readonly raw: JsonObject }>(event: T, timestamp: string): T {
  return { ...event, raw: { ...event.raw, timestamp } };
}

function readConsents(plan: Plan, reader: RowReader, facts: ConvertFacts) {
  if (plan.consents.length === 0) return [];
  const at =
    reader.time("consent_at", facts.now) ?? reader.time("time", facts.now) ?? instantOf(plan.options.consent_at);
  return plan.consents.flatMap((source) => {
    const flag = reader.flag(source);
    if (flag === undefined) return [];
    if (at === undefined) {
      reader.fail("value_missing", plan.fields.get("consent_at")?.[0]?.column ?? null);
      return [];
    }
    const [channel = "", purpose = "marketing"] = source.path;
    return [{ channel, purpose, state: flag ? "granted" : "denied", at }];
  });
}

function instantOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(Date.parse(text)).toISOString();
}
