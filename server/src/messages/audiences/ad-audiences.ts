import type { Db, Tx } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import type { MessagesDeps } from "../deps.ts";
import { loadAudience, nextAudienceDue } from "./queries/audience-rows.pg.ts";
import { wantMembers } from "./queries/members.pg.ts";
import { nextUploadDue } from "./queries/uploads.pg.ts";
import { type AudienceDeps, stepAudience } from "./step-audience.ts";
import { stepUpload } from "./step-upload.ts";

/** Ad audiences, for journeys: those that no segment fills. */
export interface AdAudiences {
  /** What is wrong with an audience's id; null when people can be put in. */
  check(db: Db, audienceId: string): Promise<string | null>;
  /** Puts people in and takes them out; the network is told when they have said yes to ads. */
  change(tx: Tx, audienceId: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
}

export function createAdAudiences({ clock }: Pick<MessagesDeps, "clock">): AdAudiences {
  return {
    async check(db, audienceId) {
      const audience = await loadAudience(db, audienceId);
      if (!audience || audience.state === "leaving") return "no such ad audience";
      return audience.segment_id === null ? null : "this audience follows a segment; take one that journeys fill";
    },
    async change(tx, audienceId, { add, remove }) {
      const audience = await loadAudience(tx, audienceId);
      if (!audience || audience.segment_id !== null || audience.state === "leaving") return;
      const now = clock.now().toString();
      await wantMembers(tx, audienceId, add, true, now);
      await wantMembers(tx, audienceId, remove, false, now);
    },
  };
}

/** Takes audiences further as they come due; several nodes share them, one at a time per audience. */
export function createAudienceLoop(deps: AudienceDeps): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    work: (signal) => syncDue(deps, signal),
    async nextDue() {
      const due = [await nextAudienceDue(deps.db, deps.clock.now().toString()), await nextUploadDue(deps.db)];
      return due.filter((at) => at !== null).sort(byTime)[0] ?? null;
    },
    onWake: (listener) =>
      deps.bus.onChange((changes) => {
        if (changes.some(({ topic }) => topic === "ad_audience")) listener();
      }),
    onError: (error) => deps.log.warn({ err: error }, "ad audiences cannot be taken further just now; trying again"),
  });
}

/** Works every step that is due; each audience in turn, so that a large one does not keep the others waiting. */
export async function syncDue(deps: AudienceDeps, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const stepped: string[] = [];
    for (;;) {
      if (signal?.aborted) return;
      const id = await stepAudience(deps, stepped);
      if (id === null) break;
      stepped.push(id);
    }
    let isAsked = false;
    while (!signal?.aborted && (await stepUpload(deps))) isAsked = true;
    if (stepped.length === 0 && !isAsked) return;
  }
}

function byTime(a: string, b: string): number {
  return Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b));
}
