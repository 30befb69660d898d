import { useState } from "react";

import { ENTRY } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

interface Choice {
  /** The step whose form is open comes first. */
  readonly chosen: readonly string[];
  /** With `isMore` beside those chosen already, or not any more. */
  choose(id: string | undefined, isMore?: boolean): void;
  chooseAll(ids: readonly string[]): void;
}

/** Which steps are chosen; the first of them stands in the address. */
export function useChoice(
  graph: JourneyGraph,
  selected: string | undefined,
  open: (id: string | undefined) => void,
): Choice {
  const [more, setMore] = useState<readonly string[]>([]);
  const others = more.filter((id) => id in graph.nodes && id !== selected);
  const chooseAll = ([first, ...rest]: readonly string[]) => {
    setMore(rest);
    open(first);
  };
  return {
    chosen: selected === undefined ? [] : [selected, ...others],
    chooseAll,
    choose(id, isMore = false) {
      const isFirst = selected === undefined || selected === ENTRY;
      if (id === undefined || !isMore || isFirst) return chooseAll(id === undefined ? [] : [id]);
      if (id === selected) return chooseAll(others);
      setMore(others.includes(id) ? others.filter((one) => one !== id) : [...others, id]);
    },
  };
}
