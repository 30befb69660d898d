import type { BroadcastView } from "./queries.ts";

/** How much of a broadcast has come to its end, from 0 to 1. */
export function shareDone({ state, progress }: Pick<BroadcastView, "state" | "progress">): number {
  const { audience, held_out, sent, skipped, failed } = progress;
  if (state === "done") return 1;
  const turns = audience - held_out;
  return turns <= 0 ? 0 : Math.min(1, (sent + skipped + failed) / turns);
}
