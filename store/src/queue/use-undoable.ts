import { useEffect, useRef, useState } from "react";

/** How long a step can be taken back. */
const UNDO_MS = 6_000;

interface Waiting {
  readonly timer: ReturnType<typeof setTimeout>;
  run(): void;
}

/**
 * Steps that are taken a moment later, so that a slip of the thumb can be taken back. Whoever leaves the page has meant
 * it: what waits is done at once.
 */
export function useUndoable() {
  const waiting = useRef(new Map<string, Waiting>());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const show = (id: string) => setHidden((before) => new Set([...before].filter((one) => one !== id)));

  useEffect(() => {
    const map = waiting.current;
    const all = () => {
      for (const one of [...map.values()]) one.run();
    };
    addEventListener("pagehide", all);
    return () => {
      removeEventListener("pagehide", all);
      all();
    };
  }, []);

  return {
    hidden,
    /** `work` shows the thing again when it has failed. */
    later(id: string, work: () => Promise<unknown>): void {
      const run = () => {
        clearTimeout(waiting.current.get(id)?.timer);
        waiting.current.delete(id);
        void work().finally(() => show(id));
      };
      waiting.current.set(id, { run, timer: setTimeout(run, UNDO_MS) });
      setHidden((before) => new Set([...before, id]));
    },
    undo(id: string): void {
      clearTimeout(waiting.current.get(id)?.timer);
      waiting.current.delete(id);
      show(id);
    },
  };
}
