import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { PreviewView } from "../../../../server/src/segments/contracts.ts";
import { Problem } from "../../api/http.ts";
import { previewQuery } from "../queries.ts";
import { findGaps, type Group, locate, toCondition } from "../segment-tree.ts";
import type { Remark, Spot } from "./context.ts";

/** Where the counting of what stands there stands. A number is only ever that of the definition on the screen. */
export type Counting =
  | { readonly state: "unfinished" }
  | { readonly state: "counting" }
  | { readonly state: "away"; readonly retry: () => void }
  | { readonly state: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly state: "counted"; readonly preview: PreviewView; readonly everybody: Everybody };

/** Counting everybody where a sample was reckoned from. */
export interface Everybody {
  readonly isCounting: boolean;
  readonly error: unknown;
  readonly ask: () => void;
}

const SETTLED_MS = 300;
const AGAIN_MS = 5_000;

/** Counts once nobody has typed for a moment; what was asked before is given up. */
export function usePreview(root: Group): { readonly counting: Counting; readonly remarks: readonly Remark[] } {
  const [settled] = useDebouncedValue(root, SETTLED_MS);
  const isComplete = findGaps(root).length === 0;
  const isSettled = settled === root;
  const query = useQuery({
    ...previewQuery(toCondition(settled)),
    enabled: isComplete && isSettled,
    retry: false,
    // While History is away it is asked again until it is back.
    refetchInterval: ({ state }) => (isAway(state.error) ? AGAIN_MS : false),
  });
  const [asked, setAsked] = useState<Group | null>(null);
  const whole = useQuery({
    ...previewQuery(toCondition(settled), true),
    enabled: isComplete && isSettled && asked === root && query.data?.exact === false,
    retry: false,
  });
  const retry = () => void query.refetch();
  if (!isComplete) return { counting: { state: "unfinished" }, remarks: [] };
  if (!isSettled) return { counting: { state: "counting" }, remarks: [] };
  if (query.data)
    return {
      counting: {
        state: "counted",
        preview: query.data.exact ? query.data : (whole.data ?? query.data),
        everybody: {
          isCounting: whole.isFetching,
          error: whole.isFetching ? null : whole.error,
          ask: () => (whole.isError ? void whole.refetch() : setAsked(root)),
        },
      },
      remarks: warningsOf(root, query.data.warnings),
    };
  if (!query.isError) return { counting: { state: "counting" }, remarks: [] };
  if (isAway(query.error)) return { counting: { state: "away", retry }, remarks: [] };
  const fields = query.error instanceof Problem ? query.error.fields : [];
  return { counting: { state: "failed", error: query.error, retry }, remarks: errorsOf(root, fields) };
}

function isAway(error: unknown): boolean {
  return error instanceof Problem && (error.status === 503 || error.code === "network");
}

/** What the api says of a path is shown beside the sentence that it means. */
function errorsOf(root: Group, found: Problem["fields"]): Remark[] {
  return found.map(({ path, ...told }) => ({ ...placeOf(root, path), ...told, isError: true }));
}

function warningsOf(root: Group, found: PreviewView["warnings"]): Remark[] {
  return found.map(({ path, code, other, known }) => ({
    ...placeOf(root, path),
    code,
    known,
    other: other === undefined ? null : placeOf(root, other).path,
    isError: false,
  }));
}

function placeOf(root: Group, wirePath: string): Spot {
  const { path, rest } = locate(root, wirePath.replace(/^definition\.?/, ""));
  return { path, slot: rest };
}
