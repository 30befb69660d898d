import type { ProviderView } from "./queries.ts";

/** One setting of a provider, as its JSON Schema describes it. */
export interface Field {
  readonly name: string;
  readonly kind: "text" | "long" | "choice" | "switch";
  readonly choices: readonly string[];
  readonly initial: string | boolean;
  readonly isNeeded: boolean;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly maxLength?: number;
}

const LONG = 500;

export function fieldsOf(provider: ProviderView): Field[] {
  const { properties = {}, required = [] } = provider.settings as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    kind: kindOf(schema),
    choices: schema.enum ?? [],
    initial: typeof schema.default === "boolean" ? schema.default : String(schema.default ?? schema.enum?.[0] ?? ""),
    isNeeded: required.includes(name) && schema.default === undefined,
  }));
}

function kindOf(schema: Schema): Field["kind"] {
  if (schema.type === "boolean") return "switch";
  if (schema.enum) return "choice";
  return (schema.maxLength ?? 0) > LONG ? "long" : "text";
}

/** A text that is left empty is not sent: the provider's own default holds. */
export function settingsFrom(fields: readonly Field[], values: Readonly<Record<string, string | boolean>>) {
  return Object.fromEntries(
    fields.flatMap(({ name, initial }) => {
      const value = values[name] ?? initial;
      return value === "" ? [] : [[name, typeof value === "string" ? value.trim() : value]];
    }),
  );
}
