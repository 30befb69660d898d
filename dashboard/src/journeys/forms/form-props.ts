import type { JourneyGraph, NodeKind, NodeOf } from "../wire.ts";

/** What the form of a node is given. `onGraph` is for what changes more than the node itself. */
export interface FormProps<K extends NodeKind> {
  readonly id: string;
  readonly node: NodeOf<K>;
  readonly graph: JourneyGraph;
  readonly onChange: (node: NodeOf<K>) => void;
  readonly onGraph: (graph: JourneyGraph) => void;
}
