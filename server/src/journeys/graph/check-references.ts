import type { Db } from "../../platform/db.ts";
import { AppError, type FieldError } from "../../platform/errors.ts";
import type { Graph } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { scheduleProblem } from "../intake/occurrences.ts";
import { missingList, missingSegment } from "../nodes/check-parts.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import type { Checking } from "../nodes/node-kind.ts";
import { mistake } from "./mistakes.ts";

/** What a journey names and does not exist: templates, segments, lists, conditions that mean nothing. */
export async function checkReferences(deps: JourneysDeps, db: Db, graph: Graph, kinds: Kinds): Promise<FieldError[]> {
  const checking: Checking = { db, graph, deps };
  const errors = await entryErrors(checking);
  for (const [id, node] of Object.entries(graph.nodes)) {
    const at = (path: string) => `graph.nodes.${id}${path === "" ? "" : `.${path}`}`;
    const kind = kindOf(kinds, node);
    for (const one of (await kind?.check?.(node, checking)) ?? []) errors.push({ ...one, path: at(one.path) });
    for (const { path, condition } of kind?.conditions?.(node) ?? [])
      errors.push(...conditionErrors(deps, condition, at(path)));
  }
  return errors;
}

async function entryErrors(checking: Checking): Promise<FieldError[]> {
  const { entry, exit_on: exits = [] } = checking.graph;
  const errors: FieldError[] = [];
  if (entry.kind === "segment")
    errors.push(...(await missingSegment(checking, entry.segment_id, "graph.entry.segment_id")));
  if (entry.kind === "list") errors.push(...(await missingList(checking, entry.list_id, "graph.entry.list_id")));
  if (entry.kind === "schedule") {
    const { audience } = entry;
    errors.push(
      ...("segment_id" in audience
        ? await missingSegment(checking, audience.segment_id, "graph.entry.audience.segment_id")
        : await missingList(checking, audience.list_id, "graph.entry.audience.list_id")),
    );
    const problem = scheduleProblem(entry);
    if (problem) errors.push({ ...mistake("bad_schedule", "graph.entry.rrule"), message: problem });
  }
  for (const [index, rule] of exits.entries()) {
    if ("segment_id" in rule)
      errors.push(...(await missingSegment(checking, rule.segment_id, `graph.exit_on.${index}.segment_id`)));
  }
  return errors;
}

function conditionErrors(deps: Pick<JourneysDeps, "segments">, condition: unknown, path: string): FieldError[] {
  try {
    deps.segments.parse(condition);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.fields.length === 0) return [{ path, message: error.message }];
    return error.fields.map((field) => ({ ...field, path: field.path.replace(/^definition/, path) }));
  }
}
