import type { JourneysDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadJourney } from "../queries/journey-rows.pg.ts";
import type { JourneyFile } from "./file-shape.ts";
import { renamed } from "./references.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A journey's draft with the templates, segments and lists it names, as a file. */
export async function exportJourney(deps: JourneysDeps, id: string): Promise<JourneyFile> {
  const journey = await loadJourney(deps.db, id);
  if (!journey) throw refuse("journey_not_found");
  const ids = new Set<string>();
  renamed(journey.graph, (text) => {
    if (ID.test(text)) ids.add(text);
    return text;
  });
  const templates: JourneyFile["templates"] = {};
  const named = new Map<string, string>();
  for (const one of ids) {
    const template = await deps.messages.readTemplate(deps.db, one);
    if (!template) continue;
    const key = freeKey(template.name, templates);
    const { name, channel, purpose, default_language, contents } = template;
    templates[key] = { name, channel, purpose, default_language, contents };
    named.set(one, `@template:${key}`);
  }
  const segments: JourneyFile["segments"] = {};
  for (const [one, segment] of await deps.segments.describe(deps.db, [...ids])) {
    const key = freeKey(segment.name, segments);
    segments[key] = segment;
    named.set(one, `@segment:${key}`);
  }
  const lists: JourneyFile["lists"] = {};
  for (const [one, name] of await deps.segments.nameLists(deps.db, [...ids])) {
    const key = freeKey(name, lists);
    lists[key] = { name };
    named.set(one, `@list:${key}`);
  }
  return {
    kilim: "journey/1",
    name: journey.name,
    graph: renamed(journey.graph, (text) => named.get(text) ?? text) as JourneyFile["graph"],
    templates,
    segments,
    lists,
    scenarios: [],
  };
}

/** "Cart: second word" as `cart-second-word`, with a number when that is taken. */
function freeKey(name: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ı", "i")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  const base = plain || "one";
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (!(key in taken)) return key;
  }
}
