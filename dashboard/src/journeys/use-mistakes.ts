import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { call } from "../api/http.ts";
import { ENTRY } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

export interface Mistake {
  readonly path: string;
  readonly message: string;
  /** The node it is about. */
  readonly node: string;
}

const PAUSE_MS = 500;

/** What the server has against this draft, asked anew whenever somebody stops drawing. */
export function useMistakes(graph: JourneyGraph): readonly Mistake[] | undefined {
  const [settled] = useDebouncedValue(graph, PAUSE_MS);
  const checked = useQuery({
    queryKey: ["journeys", "check", settled],
    queryFn: ({ signal }) =>
      call<{ errors: { path: string; message: string }[] }>("POST", "/v1/journeys/check", { graph: settled }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  // A shape the server cannot even read is said by the form that holds it.
  return checked.data?.errors.map((one) => ({ ...one, node: nodeOf(one.path) }));
}

function nodeOf(path: string): string {
  const [, part, id] = path.split(".");
  return part === "nodes" && id !== undefined ? id : ENTRY;
}
