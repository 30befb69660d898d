import { allowTogether, logAllowed } from "../identity/index.ts";
import { inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { requireProfile } from "../profiles/index.ts";
import type { AllowBody } from "./contracts.ts";
import type { MergingDeps } from "./deps.ts";
import { refuseMerging } from "./errors.ts";

/** Lets events join two people again who were separated. */
export async function allowAgain({ db, clock }: MergingDeps, body: AllowBody, actor: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const into = await requireProfile(tx, body.profile);
    const from = await requireProfile(tx, body.other);
    if ((await allowTogether(tx, into, from)) === 0) throw refuseMerging("not_apart");
    const at = clock.now().toString();
    await logAllowed(tx, { id: newId(clock), at, from_id: from, into_id: into, reason: body.reason, actor });
  });
}
