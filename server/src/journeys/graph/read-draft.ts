import type { z } from "zod";

import type { FieldError } from "../../platform/errors.ts";
import { type Draft, frame, type Graph, graph as graphSchema } from "../contracts.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import { mistake } from "./mistakes.ts";

export interface ReadDraft {
  readonly errors: readonly FieldError[];
  /** With those nodes alone that are written as they must be; null when what stands around them is not. */
  readonly sound: Graph | null;
}

/** Reads a draft node by node: what is not written as it must be is named, the rest can be looked at more closely. */
export function readDraft(draft: Draft, kinds: Kinds): ReadDraft {
  const around = frame.safeParse(draft);
  const errors = around.success ? [] : fieldErrors(around.error, draft, "graph");
  const nodes: Draft["nodes"] = {};
  for (const [id, node] of Object.entries(draft.nodes)) {
    const path = `graph.nodes.${id}`;
    const kind = kindOf(kinds, node);
    if (!kind) {
      errors.push(mistake("cannot_run", `${path}.kind`));
      continue;
    }
    const read = kind.schema.safeParse(node);
    if (read.success) nodes[id] = node;
    else errors.push(...fieldErrors(read.error, node, path));
  }
  return { errors, sound: around.success ? (graphSchema.parse({ ...around.data, nodes }) as Graph) : null };
}

function fieldErrors(error: z.ZodError, given: unknown, path: string): FieldError[] {
  return error.issues.map((issue) => {
    const at = [path, ...issue.path].join(".");
    return isEmpty(given, issue.path) ? mistake("not_filled_in", at) : { path: at, message: issue.message };
  });
}

function isEmpty(given: unknown, path: readonly PropertyKey[]): boolean {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], given) === "";
}
