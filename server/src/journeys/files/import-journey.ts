import type { TemplateBody } from "../../messages/contracts.ts";
import type { FieldError } from "../../platform/errors.ts";
import { type Graph, graph as graphSchema, type JourneyView } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { createJourney, soundGraph, type WithKinds } from "../save-journey.ts";
import type { JourneyFile } from "./file-shape.ts";
import { readReference, renamed, withPlaceholders } from "./references.ts";

/**
 * Makes a draft of a file, with its templates; segments and lists of the same name are taken as they are. Everything is
 * checked before anything is made.
 */
export async function importJourney(deps: WithKinds, file: JourneyFile, name = file.name): Promise<JourneyView> {
  const problems = mistakes(file);
  if (problems.length > 0) throw refuse("scenario_not_valid", undefined, problems);
  const ids = new Map<string, string>();
  for (const [key, template] of Object.entries(file.templates)) {
    const made = await deps.messages.createTemplate({ channel: "email", ...template } as TemplateBody);
    ids.set(`@template:${key}`, made.id);
  }
  for (const [key, list] of Object.entries(file.lists)) {
    ids.set(`@list:${key}`, await deps.segments.listCalled(list.name));
  }
  // A segment may ask for another one of the file that stands before it.
  for (const [key, segment] of Object.entries(file.segments)) {
    const definition = renamed(segment.definition, (text) => ids.get(text) ?? text);
    ids.set(`@segment:${key}`, await deps.segments.segmentCalled(segment.name, definition));
  }
  const given = graphSchema.parse(renamed(file.graph, (text) => ids.get(text) ?? text)) as Graph;
  const graph = await soundGraph(deps, deps.db, given);
  return createJourney(deps, { name, graph });
}

function mistakes(file: JourneyFile): FieldError[] {
  const errors: FieldError[] = [];
  const parts = { template: file.templates, segment: file.segments, list: file.lists };
  renamed(file.graph, (text) => {
    const reference = readReference(text);
    if (reference && !(reference.key in parts[reference.kind]))
      errors.push({ path: `graph`, message: `the file has no ${reference.kind} "${reference.key}"` });
    return text;
  });
  const read = graphSchema.safeParse(withPlaceholders(file.graph).graph);
  for (const issue of read.error?.issues ?? [])
    errors.push({ path: `graph.${issue.path.join(".")}`, message: issue.message });
  return errors;
}
