import type { Db } from "../../platform/db.ts";
import { AppError, type FieldError } from "../../platform/errors.ts";
import type { Graph } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";

type Deps = Pick<JourneysDeps, "messages" | "segments">;

/** What a journey names and does not exist: templates, segments, conditions that mean nothing. */
export async function checkReferences(deps: Deps, db: Db, graph: Graph): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  const nodes = Object.entries(graph.nodes);
  const sends = nodes.flatMap(([id, node]) => (node.kind === "send" ? [{ id, template: node.template_id }] : []));
  const templates = await deps.messages.existingTemplates(
    db,
    sends.map((send) => send.template),
  );
  for (const { id, template } of sends) {
    if (!templates.has(template)) {
      errors.push({ path: `graph.nodes.${id}.template_id`, message: "there is no such template" });
    }
  }
  if (graph.entry.kind === "segment") {
    const segments = await deps.segments.existing(db, [graph.entry.segment_id]);
    if (!segments.has(graph.entry.segment_id)) {
      errors.push({ path: "graph.entry.segment_id", message: "there is no such segment" });
    }
  }
  for (const [id, node] of nodes) {
    if (node.kind !== "branch") continue;
    for (const [index, { condition }] of node.cases.entries()) {
      errors.push(...conditionErrors(deps, condition, `graph.nodes.${id}.cases.${index}.condition`));
    }
  }
  return errors;
}

function conditionErrors(deps: Deps, condition: unknown, path: string): FieldError[] {
  try {
    deps.segments.parse(condition);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.fields.length === 0) return [{ path, message: error.message }];
    return error.fields.map((field) => ({ ...field, path: field.path.replace(/^definition/, path) }));
  }
}
