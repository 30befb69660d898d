import { zoneOf } from "../../consent/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { assign } from "./assign.ts";
import { type Broadcast, WAVES } from "./broadcast.ts";
import { chooseWinner, endOfTest } from "./choose-winner.ts";
import type { WinnerRule } from "./contracts.ts";
import { insertBroadcastMessages, readVariants } from "./queries/broadcast-messages.pg.ts";
import { takeDueBroadcast, updateBroadcast } from "./queries/broadcast-rows.pg.ts";
import { addCounts, countOpen } from "./queries/progress.pg.ts";
import { insertRecipients, nextTurn, takeRecipients } from "./queries/recipients.pg.ts";
import { allowance, turnOf } from "./turns.ts";

export type StepDeps = Pick<
  MessagesDeps,
  "db" | "clock" | "bus" | "log" | "audiences" | "loadProfiles" | "timeZone" | "zonesOfStores"
>;

/** People read or queued in one transaction: some tens of milliseconds of work, and what a kill sets back. */
const CHUNK = 1_000;
/** So many messages wait for the sender at most: a pause has few to hold back, and a change reaches the rest. */
const MOST_OPEN = 5_000;
/** How soon one that waits for the sender, or for its ends, is looked at again. */
const SOON = { milliseconds: 200 };
/** How often a test is looked at. */
const LOOK = { seconds: 60 };

/**
 * Takes one due broadcast one step further, in a transaction that holds its row: whoever dies in it leaves the
 * broadcast where it was. Gives its id; null when none is due.
 */
export async function stepDue(deps: StepDeps, except: readonly string[]): Promise<string | null> {
  const stepped = await inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now();
    const broadcast = await takeDueBroadcast(tx, now.toString(), except);
    if (!broadcast) return null;
    const next = await stepOne(tx, deps, broadcast, now);
    await updateBroadcast(tx, { ...broadcast, ...next, updated_at: now.toString() });
    return broadcast.id;
  });
  if (stepped === null) return null;
  deps.bus.wake("messages");
  deps.bus.changed("broadcast", stepped, ["progress"]);
  return stepped;
}

type Change = Partial<Broadcast>;

function stepOne(tx: Tx, deps: StepDeps, broadcast: Broadcast, now: Temporal.Instant): Promise<Change> {
  switch (broadcast.state) {
    case "scheduled":
      return begin(tx, deps, broadcast, now);
    case "gathering":
      return gather(tx, deps, broadcast, now);
    case "sending":
      return feed(tx, deps, broadcast, now);
    case "testing":
      return decide(tx, broadcast, now);
    default:
      return Promise.resolve({ step_at: null });
  }
}

async function begin(tx: Tx, deps: StepDeps, broadcast: Broadcast, now: Temporal.Instant): Promise<Change> {
  if ((await deps.audiences.nameOf(tx, broadcast.audience)) === null) {
    return { state: "cancelled", step_at: null, problem: "audience_gone", ended_at: now.toString() };
  }
  return { state: "gathering", started_at: now.toString(), step_at: now.toString() };
}

/** Reads the next page of the audience and gives each person a place. */
async function gather(tx: Tx, deps: StepDeps, broadcast: Broadcast, now: Temporal.Instant): Promise<Change> {
  const page = await deps.audiences.page(tx, broadcast.audience, broadcast.cursor, CHUNK);
  const turns = await turnsOf(tx, deps, broadcast, page.ids, now);
  const added = await insertRecipients(
    tx,
    broadcast.id,
    page.ids.map((profileId) => ({
      ...assign(broadcast, profileId),
      profileId,
      dueAt: (turns.get(profileId) ?? now).toString(),
    })),
  );
  const audience_size = broadcast.audience_size + added;
  if (page.next !== null) return { cursor: page.next, audience_size, step_at: now.toString() };
  return { state: "sending", cursor: null, audience_size, step_at: now.toString() };
}

async function turnsOf(
  tx: Tx,
  deps: StepDeps,
  { schedule }: Broadcast,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  if (schedule.kind !== "local" || ids.length === 0) return new Map();
  const [profiles, stores] = [await deps.loadProfiles(tx, ids), await deps.zonesOfStores(tx)];
  const byZone = new Map<string, Temporal.Instant>();
  return new Map(
    [...profiles].map(([id, profile]) => {
      const zone = zoneOf(profile, (store) => stores.get(store) ?? null, deps.timeZone);
      const turn = byZone.get(zone) ?? turnOf(schedule, zone, now);
      byZone.set(zone, turn);
      return [id, turn];
    }),
  );
}

/** Queues messages for those whose turn has come, as fast as the sender and the throttle take them. */
async function feed(tx: Tx, deps: StepDeps, broadcast: Broadcast, now: Temporal.Instant): Promise<Change> {
  const open = await countOpen(tx, broadcast.id);
  const pace =
    broadcast.per_minute === null ? null : allowance(broadcast.per_minute, instant(broadcast.fed_until), now);
  const limit = Math.min(CHUNK, MOST_OPEN - open, pace?.messages ?? CHUNK);
  const wave = broadcast.winner === null ? WAVES.first : WAVES.rest;
  const taken =
    limit > 0 ? await takeRecipients(tx, { broadcastId: broadcast.id, wave, now: now.toString(), limit }) : [];
  const messages = taken.map(({ profile_id, variant }) => {
    const key = variant ?? broadcast.winner ?? "";
    const templateId = broadcast.variants.find((one) => one.key === key)?.template_id ?? "";
    return { id: newId(deps.clock), profileId: profile_id, templateId, variant: key };
  });
  const fed = await insertBroadcastMessages(tx, broadcast.id, messages, now.toString());
  await addCounts(tx, [{ broadcastId: broadcast.id, status: "fed", n: fed }]);
  const fed_until = pace === null ? broadcast.fed_until : pace.next(taken.length).toString();
  const free = pace === null ? now : pace.free(taken.length);
  return { ...(await nextFeed(tx, broadcast, wave, open + fed, free, now)), fed_until };
}

/** When there is something to feed again, or that all of it has gone out. */
async function nextFeed(
  tx: Tx,
  broadcast: Broadcast,
  wave: number,
  open: number,
  free: Temporal.Instant,
  now: Temporal.Instant,
): Promise<Change> {
  const turn = await nextTurn(tx, broadcast.id, wave);
  if (turn !== null) {
    return { step_at: latest([instant(turn), free, open >= MOST_OPEN ? now.add(SOON) : now]).toString() };
  }
  if (open > 0) return { step_at: now.add(SOON).toString() };
  if (broadcast.winner_rule !== null && broadcast.winner === null) {
    return { state: "testing", tested_at: now.toString(), step_at: now.toString() };
  }
  return { state: "done", step_at: null, ended_at: now.toString() };
}

/** Looks whether one variant has won; then the rest of the audience gets it. */
async function decide(tx: Tx, broadcast: Broadcast, now: Temporal.Instant): Promise<Change> {
  const rule = broadcast.winner_rule;
  if (rule === null || broadcast.tested_at === null) return { state: "sending", step_at: now.toString() };
  const end = endOfTest(rule, broadcast.tested_at);
  const isOver = Temporal.Instant.compare(now, end) >= 0;
  const winner = chooseWinner(await tried(tx, broadcast, rule), rule, isOver);
  if (winner === null) return { step_at: earliest(end, now.add(LOOK)).toString() };
  return { state: "sending", winner: winner.key, winner_reason: winner.reason, step_at: now.toString() };
}

async function tried(tx: Tx, { id, variants }: Broadcast, { measure }: WinnerRule) {
  const results = new Map((await readVariants(tx, id)).map((result) => [result.variant, result]));
  return variants.map(({ key }) => ({
    key,
    sent: results.get(key)?.sent ?? 0,
    hits: results.get(key)?.[measure] ?? 0,
  }));
}

function instant(at: string | null): Temporal.Instant | null {
  return at === null ? null : Temporal.Instant.from(at);
}

function latest(instants: readonly (Temporal.Instant | null)[]): Temporal.Instant {
  return instants
    .filter((one) => one !== null)
    .reduce((last, one) => (Temporal.Instant.compare(one, last) > 0 ? one : last));
}

function earliest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}
