import type { Bus } from "../../platform/bus.ts";
import type { Tx } from "../../platform/db.ts";
import type { Batch } from "../../profiles/contracts.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import { isAnyAudience } from "./queries/audience-rows.pg.ts";
import { type Coming, lookAgain, noteComings } from "./queries/members.pg.ts";
import { ADS } from "./who-may.ts";

/** What networks know people by, and what they need to be told of. `*`: two people have become one, or one two. */
const MATTERS = new Set([`consent:${ADS}`, "trait:email", "trait:phone", "trait:country", "*"]);
/** A notice can be lost with a connection: look again after this long, in real time. */
const BELIEVED_MS = 10_000;

export type NoteChanges = (tx: Tx, batch: Batch, changes: readonly MembershipChange[]) => Promise<void>;

/**
 * Notes for whom an audience may have to be told something else, in the pipeline's transaction. Most installations have no
 * audience, and their batches must not pay for one; what is missed right after the first is made, its reading finds.
 */
export function createNoting(bus: Bus): NoteChanges {
  let isAny = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const forget = () => {
    askedAt = Number.NEGATIVE_INFINITY;
  };
  bus.onChange((all) => {
    if (all.some(({ topic, what }) => topic === "ad_audience" && what.includes("count"))) forget();
  });
  bus.onGap(forget);
  return async (tx, batch, changes) => {
    if (performance.now() - askedAt > BELIEVED_MS) {
      const now = performance.now();
      isAny = await isAnyAudience(tx);
      askedAt = now;
    }
    if (isAny) note(tx, batch, changes);
  };
}

function note(tx: Tx, { changed, now }: Batch, changes: readonly MembershipChange[]): void {
  const at = now.toString();
  const comings = new Map<string, Coming>();
  for (const { segmentId, profileId, kind } of changes)
    comings.set(`${segmentId} ${profileId}`, { segmentId, profileId, isIn: kind === "entered" });
  if (comings.size > 0) noteComings(tx, [...comings.values()], at);
  const touched = [...changed].flatMap(([id, what]) => ([...what].some((one) => MATTERS.has(one)) ? [id] : []));
  if (touched.length > 0) lookAgain(tx, touched, at);
}
