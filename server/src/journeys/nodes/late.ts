import { secondsOf } from "../graph/shapes.ts";
import type { Outcome, Way } from "./node-kind.ts";

interface Late {
  readonly late_after?: string | undefined;
  readonly on_late?: string | undefined;
}

export function lateWays({ on_late }: Late): Way[] {
  return on_late === undefined ? [] : [{ path: "on_late", to: on_late }];
}

/** The way on after a wait; another one when we come much too late and the node has one for that. */
export function onTime(node: Late, now: Temporal.Instant, since: string): Outcome {
  if (node.on_late !== undefined && node.late_after !== undefined && isLate(node.late_after, now, since))
    return { go: "on_late", note: { code: "too_late", limit: node.late_after } };
  return { go: "next", note: { code: "waited" } };
}

export function isLate(after: string | undefined, now: Temporal.Instant, since: string): boolean {
  return after !== undefined && now.epochMilliseconds - Date.parse(since) > secondsOf(after) * 1000;
}
