import { createContext, use } from "react";

import type { Mark } from "./compare-graphs.ts";
import type { Fragment } from "./fragment.ts";
import type { Way } from "./graph-edit.ts";
import type { NodeKind } from "./wire.ts";

/** How many went along a way, and how many of these reached the goal. */
export interface Flow {
  readonly passed: number;
  readonly converted: number;
}

export interface CanvasActions {
  readonly counts: Readonly<Record<string, number>>;
  /** More than one while editing: with Shift. */
  readonly selected: readonly string[];
  readonly onSelect: (id: string, isMore: boolean) => void;
  /** Given while editing: every way gets its (+). */
  readonly onInsert?: (way: Way, kind: NodeKind) => void;
  /** Steps that were copied, to be put on a way. */
  readonly copied?: Fragment | undefined;
  readonly onPaste?: (way: Way) => void;
  /** What stands between the draft and its publishing, by step. */
  readonly mistakes: ReadonlyMap<string, readonly string[]>;
  /** By `<node>/<way>`. */
  readonly flows?: Readonly<Record<string, Flow>>;
  /** Where somebody who is rehearsed stands. */
  readonly stands?: string | undefined;
  /** Nodes that differ from what the graph is compared with. */
  readonly marks?: Readonly<Record<string, Mark>>;
}

export const CanvasContext = createContext<CanvasActions | null>(null);

export function useCanvas(): CanvasActions {
  const actions = use(CanvasContext);
  if (!actions) throw new Error("a node was drawn outside its canvas");
  return actions;
}
