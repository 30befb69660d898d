import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call, type ProblemField } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ENTRY } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

export interface Mistake extends ProblemField {
  /** The node it is about. */
  readonly node: string;
}

const PAUSE_MS = 500;

/** What the server has against this draft, asked anew whenever somebody stops drawing. */
export function useMistakes(graph: JourneyGraph): readonly Mistake[] | undefined {
  const [settled] = useDebouncedValue(graph, PAUSE_MS);
  const checked = useQuery({
    queryKey: ["journeys", "check", settled],
    queryFn: ({ signal }) => call<{ errors: ProblemField[] }>("POST", "/v1/journeys/check", { graph: settled }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  const say = useSaying();
  // A shape the server cannot even read is said by the form that holds it.
  return checked.data?.errors.map((one) => ({ ...one, message: say(one), node: nodeOf(one.path) }));
}

/** A mistake in the reader's language, where its code is known. */
function useSaying(): (mistake: ProblemField) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return ({ code, message, limit }) => {
    const key = [`canvas.mistake.${code}`, `builder.problem.${code}`].find((one) => i18n.exists(one));
    if (key === undefined) return message;
    return (t as (key: string, given: object) => string)(key, {
      limit: limit === undefined ? "" : format.number(limit),
    });
  };
}

function nodeOf(path: string): string {
  const [, part, id] = path.split(".");
  return part === "nodes" && id !== undefined ? id : ENTRY;
}
