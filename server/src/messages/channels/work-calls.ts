import { append, newEvent } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { decodeCursor, type Page, toPage } from "../../platform/pages.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { SOURCE } from "../events.ts";
import { finishCall, listCalls, loadCall, takeCall } from "../queries/calls.pg.ts";
import { suppressAll } from "../queries/suppressions.pg.ts";
import type { CallView, FinishBody } from "./call-contracts.ts";

export type CallDeps = Pick<MessagesDeps, "db" | "clock" | "bus">;

const TAKEN_FOR = { hours: 1 };
const CALL_BACK_IN = { hours: 24 };

export async function readCalls(
  { db }: CallDeps,
  { state, limit, after }: { state: "open" | "done"; limit: number; after?: string | undefined },
): Promise<Page<CallView>> {
  const from = decodeCursor(after, 2) as [string, string] | null;
  const found = await listCalls(db, state, from, limit + 1);
  return toPage(found, limit, (call) => [state === "open" ? call.due_at : (call.done_at ?? ""), call.id]);
}

export async function readCall({ db }: CallDeps, id: string): Promise<CallView> {
  const call = await loadCall(db, id);
  if (!call) throw refuse("call_not_found");
  return call;
}

export async function beginCall(deps: CallDeps, id: string, who: string): Promise<CallView> {
  const now = deps.clock.now();
  const call = await readCall(deps, id);
  if (!(await takeCall(deps.db, id, who, now.toString(), now.subtract(TAKEN_FOR).toString())))
    throw refuse(call.state === "done" ? "call_done" : "call_taken");
  deps.bus.changed("call", id, ["state"]);
  return await readCall(deps, id);
}

/** What came of it is on the person's timeline; a wrong number and a wish not to be called are heeded from then on. */
export async function endCall(deps: CallDeps, id: string, who: string, body: FinishBody): Promise<CallView> {
  const now = deps.clock.now();
  const again = body.outcome === "call_back" ? (body.due_at ?? now.add(CALL_BACK_IN).toString()) : null;
  await inTransaction(deps.db, async (tx) => {
    const call = await finishCall(tx, { ...body, id, who, now: now.toString(), again });
    if (!call) {
      const known = await loadCall(tx, id);
      throw refuse(!known ? "call_not_found" : known.state === "done" ? "call_done" : "call_taken");
    }
    const address = { channel: "call", address: call.phone };
    if (body.outcome === "wrong_number") await suppressAll(tx, [address], "bounced", now.toString());
    if (body.outcome === "do_not_call") await suppressAll(tx, [address], "stopped", now.toString());
    if (call.profile_id === null) return;
    const base = { source: SOURCE, profileId: call.profile_id, channel: "phone" as const };
    const events = [
      newEvent(deps.clock, {
        ...base,
        messageId: `call:${id}:${now.epochMilliseconds}`,
        name: "Call Completed",
        properties: { message_id: id, outcome: body.outcome, reason: call.reason },
      }),
    ];
    if (body.outcome === "do_not_call") {
      const proof = { channel: "call", purpose: "marketing", state: "denied", source: "call" };
      events.push(
        newEvent(deps.clock, {
          ...base,
          messageId: `call:${id}:consent`,
          name: "Consent Changed",
          properties: { ...proof, wording: "Asked on the phone not to be called", message_id: id },
        }),
      );
    }
    await append(tx, events);
  });
  deps.bus.wake("inbox");
  deps.bus.changed("call", id, ["state"]);
  return await readCall(deps, id);
}
