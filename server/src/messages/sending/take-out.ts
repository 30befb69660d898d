import { inTransaction, type Tx } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import { handOver } from "../queries/hand-over.pg.ts";
import { putBack } from "../queries/settle-messages.pg.ts";
import { type Facts, type GatherDeps, gatherFacts, type Unfit } from "./gather-facts.ts";
import { type MaySendDeps, maySend } from "./may-send.ts";
import { type SettleDeps, tellAll, writeEnds } from "./write-ends.ts";

export interface TakeOutDeps extends GatherDeps, MaySendDeps, SettleDeps, Pick<MessagesDeps, "db" | "clock"> {}

/**
 * Decides at the last moment which of a claim's messages go out and marks those as handed over, in one transaction; the
 * others get their end and its reason, or wait for their hour.
 */
export async function takeOut(deps: TakeOutDeps, claimed: readonly ClaimedMessage[]): Promise<readonly Facts[]> {
  const { fit, unfit } = await gatherFacts(deps, claimed);
  const now = deps.clock.now();
  const { handed, told } = await inTransaction(deps.db, async (tx) => {
    const decided = await maySend(tx, deps, fit, now);
    const { skip, go } = sort(fit, decided);
    const handed = await handOver(tx, go.map(handedOver), now.toString());
    const ends = [...unfit, ...skip].map(({ message, status, reason }) => ({ message, status, reason }));
    const told = await writeEnds(tx, deps, ends);
    await putBackRest(tx, go, handed, decided, fit, now);
    return { handed, told };
  });
  tellAll(deps, told);
  return fit.filter(({ message }) => handed.has(message.id));
}

function sort(fit: readonly Facts[], decided: Awaited<ReturnType<typeof maySend>>) {
  const go: Facts[] = [];
  const skip: Unfit[] = [];
  for (const facts of fit) {
    const decision = decided.get(facts.message.id);
    if (decision === undefined) go.push(facts);
    else if ("skip" in decision) skip.push({ message: facts.message, status: "skipped", reason: decision.skip });
  }
  return { go, skip };
}

/** Cancelled or held since: a cancelled one is skipped at its next turn, a held one waits; so does what has its hour. */
async function putBackRest(
  tx: Tx,
  go: readonly Facts[],
  handed: ReadonlySet<string>,
  decided: Awaited<ReturnType<typeof maySend>>,
  fit: readonly Facts[],
  now: Temporal.Instant,
): Promise<void> {
  const back = (message: ClaimedMessage, dueAt: Temporal.Instant, reason: string | null) => ({
    ...message,
    reason,
    dueAt: dueAt.toString(),
    counts: false,
  });
  const lost = go.filter(({ message }) => !handed.has(message.id)).map(({ message }) => back(message, now, null));
  const later = fit.flatMap(({ message }) => {
    const decision = decided.get(message.id);
    return decision && "later" in decision ? [back(message, decision.later, decision.reason)] : [];
  });
  await putBack(tx, [...lost, ...later]);
}

function handedOver({ message, to, personal }: Facts) {
  return {
    id: message.id,
    claim: message.claim,
    address: to,
    language: personal?.language ?? null,
    templateVersion: personal?.template.version ?? null,
  };
}
