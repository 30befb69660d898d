import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { AdOutcome, Hashes } from "../channels/ad-network.ts";
import { forgetUploads, insertUpload, type Upload } from "./queries/uploads.pg.ts";

/** Google has something to say after half an hour, often later. */
export const FIRST_ASKED = { minutes: 30 };
const KEPT = { hours: 30 * 24 };

/** Notes what a network was told, so that what becomes of it is seen. */
export async function noteUpload(
  tx: Tx,
  clock: Clock,
  outcome: Extract<AdOutcome, { kind: "accepted" }>,
  told: Pick<Upload, "audience_id" | "kind"> & { readonly people: readonly Hashes[]; readonly tries?: number },
): Promise<void> {
  const now = clock.now();
  // One that can neither say it now nor be asked later has said all it will.
  if (outcome.report === null && outcome.requestId === null) return;
  await forgetUploads(tx, told.audience_id, now.subtract(KEPT).toString());
  await insertUpload(tx, {
    ...told,
    id: newId(clock),
    tries: told.tries ?? 1,
    request_id: outcome.requestId,
    told_at: now.toString(),
    report: outcome.report,
    ask_at: now.add(FIRST_ASKED).toString(),
  });
}
