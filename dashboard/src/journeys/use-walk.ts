import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

import { type Moment, momentOf, type Position } from "./rehearsal-moment.ts";
import type { RehearsedView } from "./wire.ts";

const route = getRouteApi("/journeys/$id");

export interface Walk {
  readonly rehearsed: RehearsedView | undefined;
  /** Where one stands in it; the position is in the address. */
  readonly moment: Moment | undefined;
  readonly keep: (rehearsed: RehearsedView) => void;
  readonly go: (position: Position) => void;
}

/** What a rehearsal gave, walked through decision by decision. */
export function useWalk(): Walk {
  const { step, until } = route.useSearch();
  const navigate = route.useNavigate();
  const [rehearsed, setRehearsed] = useState<RehearsedView>();
  const go = (position: Position) =>
    void navigate({
      search: (now) => ({ ...now, step: undefined, until: undefined, ...position }),
      replace: true,
      // The router would put the drawer back to where it stood before.
      resetScroll: false,
    });
  return {
    rehearsed,
    moment: rehearsed?.run ? momentOf(rehearsed, { step, until }) : undefined,
    keep(given) {
      // The first run of a page stands where its address says.
      if (rehearsed) go({});
      setRehearsed(given);
    },
    go,
  };
}
