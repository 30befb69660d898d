import type { Tx } from "../platform/db.ts";
import { followMerges } from "../platform/follow-merges.ts";
import type { Room } from "../platform/room.ts";
import type { Batch, Merge } from "../profiles/contracts.ts";
import { noteBatch } from "./choices/note-choices.ts";
import type { ConsentDeps } from "./deps.ts";
import { pageRoutes } from "./pages/routes.ts";
import { moveChoices, moveChoicesBack } from "./queries/choices.pg.ts";
import { consentRoutes } from "./routes.ts";

export { currentConsent } from "./choices/current-consent.ts";
export { tell as tellConsent } from "./choices/note-choices.ts";
export { nextAllowed } from "./hours/next-allowed.ts";
export { zoneOf } from "./hours/zone-of.ts";
export { mayWrite, type NoConsent, reachesOut } from "./may-write.ts";
export { confirmUrl } from "./opt-in/confirm-link.ts";
export { preferencesUrl } from "./pages/preference-link.ts";
export { personalData as consentData } from "./personal-data.ts";
export { listTopics } from "./queries/topics.pg.ts";
export { readSendingRules } from "./sending-rules.ts";

export interface ConsentRoom extends Room {
  /** Keeps the choices that a batch tells of, with their proof. */
  onBatch(tx: Tx, batch: Batch): void;
  onMerge(tx: Tx, merges: readonly Merge[]): Promise<void>;
  onSeparate(tx: Tx, parted: { from: string; into: string; members: readonly string[] }): Promise<void>;
}

export function createConsent(deps: ConsentDeps): ConsentRoom {
  return {
    routes(app) {
      consentRoutes(app, deps);
      pageRoutes(app, deps);
    },
    onBatch: noteBatch,
    onMerge: (tx, merges) => moveChoices(tx, followMerges(merges)),
    onSeparate: moveChoicesBack,
  };
}
