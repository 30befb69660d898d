import { inTransaction } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import { isJsonObject } from "../../platform/json.ts";
import { OutboundError } from "../../platform/outbound/problems.ts";
import { signedHeaders } from "../../platform/outbound/standard-webhook.ts";
import type { JourneysDeps } from "../deps.ts";
import { MAX_ANSWER_BYTES } from "../nodes/webhook.ts";
import { answerRun, claimErrands, type ErrandRow, postponeErrand, removeErrands } from "../queries/errands.pg.ts";
import { callKeys } from "./call-secret.ts";

const AT_ONCE = 20;
/** Whoever has taken an errand and does not come back within this is taken for dead. */
const LEASE = { seconds: 60 };
const TIMEOUT_MS = 20_000;
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 900;
/** Then the run has gone its other way long ago. */
const MOST_ATTEMPTS = 12;

/** Does what steps have left to do outside their transactions; gives how many were at hand. */
export async function workErrands(deps: JourneysDeps): Promise<number> {
  const now = deps.clock.now();
  const claimed = await claimErrands(deps.db, now.toString(), now.add(LEASE).toString(), AT_ONCE);
  await Promise.all(
    claimed.map(async (errand) => {
      try {
        await run(deps, errand);
      } catch (error) {
        deps.log.warn({ err: error, kind: errand.kind, run_id: errand.run_id }, "an errand of a journey failed");
        await later(deps, errand);
      }
    }),
  );
  return claimed.length;
}

async function run(deps: JourneysDeps, errand: ErrandRow): Promise<void> {
  if (errand.kind === "call") return await call(deps, errand);
  const side = errand.what.do === "add" ? "add" : "remove";
  const change = { add: [], remove: [], [side]: [errand.profile_id] };
  await inTransaction(deps.db, async (tx) => {
    if (errand.kind === "list") await deps.segments.changeList(tx, String(errand.what.list_id), change);
    else await deps.audiences?.change(tx, String(errand.what.audience_id), change);
    await removeErrands(tx, [errand.id]);
  });
  deps.bus.wake("timers");
}

async function call(deps: JourneysDeps, errand: ErrandRow): Promise<void> {
  const answer = await ask(deps, errand);
  if (answer === "later" && errand.attempts < MOST_ATTEMPTS) return await later(deps, errand);
  const given = answer === "later" ? { ok: false, status: 0 } : answer;
  await inTransaction(deps.db, async (tx) => {
    const saveAs = String(errand.what.save_as);
    await answerRun(tx, errand, { now: deps.clock.now().toString(), saveAs, answer: { ...given, step: errand.steps } });
    await removeErrands(tx, [errand.id]);
  });
  deps.bus.wake("timers");
}

/** The answer, or "later" for what may be better another time. */
async function ask(deps: JourneysDeps, errand: ErrandRow): Promise<JsonObject | "later"> {
  const { url, data, carries, journey_id } = errand.what;
  const body = JSON.stringify({
    id: errand.id,
    journey_id,
    run_id: errand.run_id,
    node: errand.node,
    profile_id: errand.profile_id,
    data,
    event: isJsonObject(carries) ? (carries.event ?? null) : null,
  });
  const signature = signedHeaders(errand.id, deps.clock.now(), body, await callKeys(deps));
  try {
    const answer = await deps.outbound.send({
      method: "POST",
      url: String(url),
      // The same errand has the same key, however often it is sent: the other side can tell.
      headers: { "content-type": "application/json", "idempotency-key": errand.id, ...signature },
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    const { status } = answer;
    if (status === 408 || status === 425 || status === 429 || status >= 500) return "later";
    if (status >= 300) return { ok: false, status };
    return answer.isCut ? { ok: false, status, too_large: true } : { ok: true, status, ...readBody(answer.body) };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return error.problem === "bad_url" || error.problem === "refused_address" ? { ok: false, status: 0 } : "later";
  }
}

/** JSON as it is; anything else as text. */
function readBody(body: Buffer): JsonObject {
  const text = body.toString("utf8").replaceAll("\u0000", "");
  try {
    return { body: JSON.parse(text) };
  } catch {
    return text === "" ? {} : { body: text };
  }
}

async function later(deps: JourneysDeps, errand: ErrandRow): Promise<void> {
  const seconds = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (errand.attempts - 1));
  if (errand.attempts >= MOST_ATTEMPTS) return await removeErrands(deps.db, [errand.id]);
  await postponeErrand(deps.db, errand.id, deps.clock.now().add({ seconds }).toString());
}
