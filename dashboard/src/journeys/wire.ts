import type * as api from "../../../server/src/journeys/contracts.ts";
import type { Condition } from "../segments/segment-tree.ts";

export type { JourneyRow, RunView } from "../../../server/src/journeys/contracts.ts";

type Branch = Extract<api.JourneyNode, { kind: "branch" }>;

/** A node as the canvas knows it: the conditions of a branch are segments' definitions. */
export type JourneyNode =
  | Exclude<api.JourneyNode, { kind: "branch" }>
  | (Omit<Branch, "cases"> & {
      readonly cases: readonly (Omit<Branch["cases"][number], "condition"> & { readonly condition: Condition })[];
    });

export type NodeKind = JourneyNode["kind"];

export type JourneyGraph = Omit<api.Graph, "nodes"> & { readonly nodes: Readonly<Record<string, JourneyNode>> };

export type JourneyView = Omit<api.JourneyView, "graph"> & { readonly graph: JourneyGraph };
