import { useCallback, useState } from "react";

import type { JourneyGraph } from "./wire.ts";

interface History {
  readonly past: readonly JourneyGraph[];
  readonly now: JourneyGraph;
  readonly future: readonly JourneyGraph[];
}

/** The graph being edited, with its way back and forth. */
export function useGraphHistory(initial: JourneyGraph) {
  const [history, setHistory] = useState<History>({ past: [], now: initial, future: [] });
  const change = useCallback((next: JourneyGraph) => {
    setHistory(({ past, now }) =>
      next === now ? { past, now, future: [] } : { past: [...past.slice(-49), now], now: next, future: [] },
    );
  }, []);
  const undo = useCallback(() => {
    setHistory((old) => {
      const previous = old.past.at(-1);
      return previous ? { past: old.past.slice(0, -1), now: previous, future: [old.now, ...old.future] } : old;
    });
  }, []);
  const redo = useCallback(() => {
    setHistory((old) => {
      const [next, ...rest] = old.future;
      return next ? { past: [...old.past, old.now], now: next, future: rest } : old;
    });
  }, []);
  return {
    graph: history.now,
    change,
    undo,
    redo,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}
