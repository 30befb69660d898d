import { createContext, use } from "react";

import type { Way } from "./graph-edit.ts";
import type { NodeKind } from "./wire.ts";

export interface CanvasActions {
  readonly counts: Readonly<Record<string, number>>;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Given while editing: every way gets its (+). */
  readonly onInsert?: (way: Way, kind: NodeKind) => void;
  readonly unfinished: readonly string[];
}

export const CanvasContext = createContext<CanvasActions | null>(null);

export function useCanvas(): CanvasActions {
  const actions = use(CanvasContext);
  if (!actions) throw new Error("a node was drawn outside its canvas");
  return actions;
}
