import type { JsonObject } from "../platform/json.ts";
import { compileSchema } from "./compile-schema.ts";
import type { JsonSchema, Suggestion, SuggestionFrom, Trial } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { inferSchema } from "./infer-schema.ts";
import { checkedPart, within } from "./plan-book.ts";
import { newestOf, type Sample } from "./queries/seen-events.ch.ts";
import type { PlanDeps } from "./read-plan.ts";
import { standardSchema } from "./standard.ts";

const SAMPLES = 300;
/** What is new lies in small, new parts of History: ask those first. */
const WINDOWS_HOURS = [24, 24 * 31, 24 * 366 * 100];

/** A schema to begin with: the standard's, or one that the newest events keep. */
export async function suggestSchema(deps: PlanDeps, name: string, from: SuggestionFrom): Promise<Suggestion> {
  if (from === "standard") {
    const schema = standardSchema(name);
    if (!schema) throw refuse("no_suggestion");
    return { schema, samples: 0 };
  }
  const samples = await readSamples(deps, name);
  if (samples.length === 0) throw refuse("no_suggestion");
  return { schema: inferSchema(samples.map(({ value }) => value)), samples: samples.length };
}

/** What a schema would have said of the newest events of a name. */
export async function tryPlan(deps: PlanDeps, name: string, schema: JsonSchema): Promise<Trial> {
  const compiled = compileSchema(schema);
  if ("errors" in compiled) throw refuse("invalid_schema", undefined, compiled.errors);
  const faults = new Map<string, Trial["faults"][number]>();
  const samples = await readSamples(deps, name);
  let broken = 0;
  for (const { part, value, messageId } of samples) {
    const found = compiled.check(value);
    if (found.length > 0) broken += 1;
    for (const [key, fault] of new Map(found.map((one) => [`${one.path}\n${one.rule}`, one]))) {
      const n = (faults.get(key)?.n ?? 0) + 1;
      faults.set(key, { ...fault, path: within(part, fault.path), n, message_id: messageId });
    }
  }
  return { checked: samples.length, broken, faults: [...faults.values()].sort((a, b) => b.n - a.n).slice(0, 50) };
}

async function readSamples({ history, clock }: PlanDeps, name: string) {
  let found: Sample[] = [];
  for (const hours of WINDOWS_HOURS) {
    found = await newestOf(history, name, clock.now().subtract({ hours }).toString(), SAMPLES);
    if (found.length >= SAMPLES) break;
  }
  return found.map((sample) => {
    const part = checkedPart({ type: sample.type as Parameters<typeof checkedPart>[0]["type"] });
    return { part, value: JSON.parse(sample[part]) as JsonObject, messageId: sample.message_id };
  });
}
