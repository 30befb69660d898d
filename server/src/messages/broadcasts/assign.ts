import { hash } from "node:crypto";

import { type Broadcast, WAVES } from "./broadcast.ts";

export interface Assignment {
  readonly wave: number;
  /** Null for those held out, and for those who wait for the winner. */
  readonly variant: string | null;
}

/**
 * What a person of the audience gets. The same person falls into the same place of the same broadcast however often it
 * is asked and whoever else is there: two independent places in [0, 1) decide, drawn from both ids.
 */
export function assign(
  broadcast: Pick<Broadcast, "id" | "variants" | "holdout" | "winner_rule">,
  profileId: string,
): Assignment {
  const digest = hash("sha256", `${broadcast.id} ${profileId}`, "buffer");
  const part = digest.readUIntBE(0, 6) / 2 ** 48;
  if (part < broadcast.holdout) return { wave: WAVES.heldOut, variant: null };
  const among = (part - broadcast.holdout) / (1 - broadcast.holdout);
  if (broadcast.winner_rule !== null && among >= broadcast.winner_rule.test_share) {
    return { wave: WAVES.rest, variant: null };
  }
  return { wave: WAVES.first, variant: variantAt(broadcast.variants, digest.readUIntBE(6, 6) / 2 ** 48) };
}

function variantAt(variants: Broadcast["variants"], place: number): string {
  const all = variants.reduce((sum, { share }) => sum + share, 0);
  let before = 0;
  for (const { key, share } of variants) {
    before += share / all;
    if (place < before) return key;
  }
  return variants.at(-1)?.key ?? "";
}
