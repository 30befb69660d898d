import type * as api from "../../../server/src/journeys/contracts.ts";
import type { Condition } from "../segments/segment-tree.ts";

export type { JourneyRow, RehearsedView, ResultsView, RunView } from "../../../server/src/journeys/contracts.ts";

type Input = api.JourneyNodeInput;
type Branch = Extract<Input, { kind: "branch" }>;
type ByCondition = Extract<Branch["cases"][number], { condition: unknown }>;
export type BranchCase =
  | Exclude<Branch["cases"][number], { condition: unknown }>
  | (Omit<ByCondition, "condition"> & { readonly condition: Condition });

/** A node as the canvas knows it: the conditions of a branch are segments' definitions. */
export type JourneyNode =
  | Exclude<Input, { kind: "branch" }>
  | (Omit<Branch, "cases"> & { readonly cases: readonly BranchCase[] });

export type NodeKind = JourneyNode["kind"];
export type NodeOf<K extends NodeKind> = Extract<JourneyNode, { kind: K }>;
export type Entry = api.GraphInput["entry"];

export type JourneyGraph = Omit<api.GraphInput, "nodes"> & { readonly nodes: Readonly<Record<string, JourneyNode>> };

export type JourneyView = Omit<api.JourneyView, "graph"> & { readonly graph: JourneyGraph };

export interface LibraryItem {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly messages: number;
  readonly languages: readonly string[];
  readonly graph: JourneyGraph;
}
