import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { get, type Page } from "../api/http.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { segmentsQuery } from "../segments/queries.ts";
import { isFrameDrawable } from "./graph-shape.ts";
import type { Entry, JourneyGraph } from "./wire.ts";

/** Who comes in and what the journey is for, in words. */
export function useDescribeEntry(): (graph: JourneyGraph) => { readonly entry: string; readonly goal: string | null } {
  const { t } = useTranslation();
  const label = useLabel();
  const segments = useQuery(segmentsQuery);
  const lists = useQuery({
    queryKey: ["lists", "names"],
    queryFn: () => get<Page<{ id: string; name: string }>>("/v1/lists", { limit: 500 }),
  });
  const segment = (id: string) => segments.data?.items.find((item) => item.id === id)?.name ?? "…";
  const list = (id: string) => lists.data?.items.find((item) => item.id === id)?.name ?? "…";
  const say = (entry: Entry): string => {
    switch (entry.kind) {
      case "segment":
        return t(entry.on === "exit" ? "entry.segmentExit" : "entry.segment", { name: segment(entry.segment_id) });
      case "event":
        return t("entry.event", { event: entry.event === "" ? "…" : label("event", entry.event) });
      case "schedule": {
        const { audience } = entry;
        const name = "segment_id" in audience ? segment(audience.segment_id) : list(audience.list_id);
        return t("entry.schedule", { name, starts: entry.starts.replace("T", " ") });
      }
      case "date":
        return t("entry.date", { trait: humanise(entry.trait) });
      case "list":
        return t("entry.list", { name: list(entry.list_id) });
      case "api":
        return t("entry.api");
    }
  };
  return (graph) => {
    if (!isFrameDrawable(graph)) return { entry: t("node.malformed"), goal: null };
    const { entry, goal } = graph;
    return { entry: say(entry), goal: goal ? t("entry.goal", { event: label("event", goal.event) }) : null };
  };
}
