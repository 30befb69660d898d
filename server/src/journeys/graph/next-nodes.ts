import type { JourneyNode } from "../contracts.ts";

export interface Way {
  /** Where in the node the way is written: `next`, `cases.0.next`. */
  readonly path: string;
  readonly to: string;
}

/** The ways out of a node, in the order they are tried. */
export function waysOut(node: JourneyNode): Way[] {
  switch (node.kind) {
    case "wait":
    case "send":
      return [{ path: "next", to: node.next }];
    case "wait_event":
      return [
        { path: "next", to: node.next },
        { path: "on_timeout", to: node.on_timeout },
      ];
    case "branch":
      return [
        ...node.cases.map((one, index) => ({ path: `cases.${index}.next`, to: one.next })),
        { path: "otherwise", to: node.otherwise },
      ];
    case "exit":
      return [];
  }
}
