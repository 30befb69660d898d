import { useEffect, useRef } from "react";

import { type Draft, pack } from "../draft.ts";
import type { Condition } from "../segment-tree.ts";

const WRITTEN_MS = 400;

interface Written {
  readonly name: string;
  readonly definition: Condition;
}

/**
 * Keeps what is being written in the address, so that it can be reloaded and passed on; nothing when nothing is changed.
 * While it is saved the address is left alone: the page is about to go elsewhere.
 */
export function useAddress(draft: Written | null, isLeaving: boolean, onSearch: (change: Draft) => void): void {
  const text = JSON.stringify(draft);
  const latest = useRef({ draft, onSearch, text, isLeaving });
  const isSame = latest.current.text === text;
  latest.current = { draft, onSearch, text, isLeaving };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the draft
  useEffect(() => {
    if (isSame) return;
    const write = async () => {
      const { draft: written } = latest.current;
      const definition = written ? await pack(written.definition) : undefined;
      const { current } = latest;
      if (current.text === text && !current.isLeaving)
        current.onSearch({ name: written?.name || undefined, definition });
    };
    const timer = setTimeout(() => void write(), WRITTEN_MS);
    return () => clearTimeout(timer);
  }, [text]);
}
