import { useQuery } from "@tanstack/react-query";

import { get, type Page } from "../api/http.ts";
import { templatesQuery } from "../messages/queries.ts";
import { segmentsQuery } from "../segments/queries.ts";
import { adAudiencesQuery, journeysQuery } from "./queries.ts";

/** What ids are called; "…" until it is known. */
export function useNames() {
  const templates = useQuery(templatesQuery).data?.items;
  const segments = useQuery(segmentsQuery).data?.items;
  const journeys = useQuery(journeysQuery).data?.items;
  const lists = useQuery({
    queryKey: ["lists", "names"],
    queryFn: () => get<Page<{ id: string; name: string }>>("/v1/lists", { limit: 500 }),
  }).data?.items;
  const audiences = useQuery(adAudiencesQuery).data?.items;
  const nameIn = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((item) => item.id === id)?.name;
  return {
    /** Undefined: none that is offered; what uses an archived one goes on. */
    template: (id: string) => (templates === undefined ? "…" : nameIn(templates, id)),
    segment: (id: string) => nameIn(segments, id) ?? "…",
    journey: (id: string) => nameIn(journeys, id) ?? "…",
    audience: (id: string) => nameIn(audiences, id) ?? "…",
    list: (id: string) => nameIn(lists, id) ?? "…",
  };
}
