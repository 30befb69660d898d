import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useLabel } from "../i18n/label.ts";
import { segmentsQuery } from "../segments/queries.ts";
import type { JourneyGraph } from "./wire.ts";

/** Who comes in and what the journey is for, in words. */
export function useDescribeEntry(): (graph: JourneyGraph) => { readonly entry: string; readonly goal: string | null } {
  const { t } = useTranslation();
  const label = useLabel();
  const segments = useQuery(segmentsQuery);
  return (graph) => {
    const { entry, goal } = graph;
    const segment =
      entry.kind === "segment" ? segments.data?.items.find((item) => item.id === entry.segment_id) : undefined;
    return {
      entry:
        entry.kind === "segment"
          ? t("entry.segment", { name: segment?.name ?? "…" })
          : t("entry.event", { event: label("event", entry.event) }),
      goal: goal ? t("entry.goal", { event: label("event", goal.event) }) : null,
    };
  };
}
