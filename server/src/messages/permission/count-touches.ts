import type { Cap } from "../../consent/contracts.ts";
import type { Tx } from "../../platform/db.ts";
import { lockTouches, readTouches, type Touch } from "../queries/read-touches.pg.ts";
import type { Marketing, Verdict } from "./decide-sending.ts";

/** Longer than any marketing message lives before it is handed over. */
const LIVES = { hours: 24 * 8 };
/** What yields asks again soon: by then the other has gone, or could not. */
const SOON = { minutes: 1 };

interface Limit {
  readonly channel: string | null;
  readonly messages: number;
  readonly since: number;
}

/**
 * Gives each message its place under the caps, over all channels and per channel, in order of priority. One that only
 * a waiting message of higher priority keeps out waits for it; one that what was sent keeps out is not sent.
 */
export async function countTouches(
  tx: Tx,
  verdicts: Map<string, Verdict>,
  asked: readonly Marketing[],
  caps: readonly Cap[],
  now: Temporal.Instant,
): Promise<void> {
  const limits = caps.map(({ channel, messages, per }) => ({ channel, messages, since: startOf(per, now) }));
  const limited = asked.filter(({ channel }) => limits.some((limit) => isOf(limit, channel)));
  for (const { id } of asked) verdicts.set(id, { kind: "send" });
  if (limited.length === 0) return;

  const people = [...new Set(limited.map(({ profile }) => profile.id))];
  await lockTouches(tx, people);
  const since = Temporal.Instant.fromEpochMilliseconds(Math.min(...limits.map((limit) => limit.since)));
  const touches = await readTouches(tx, {
    profileIds: people,
    except: asked.map(({ id }) => id),
    since: since.toString(),
    made: since.subtract(LIVES).toString(),
    now: now.toString(),
  });
  const of = Map.groupBy(touches, (touch) => touch.profile_id);
  // Ids carry the time of their making: of equals, the one that waits longer goes first.
  const inOrder = [...limited].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  for (const message of inOrder) {
    const had = of.get(message.profile.id) ?? [];
    const verdict = placeOf(message, had, limits, now);
    verdicts.set(message.id, verdict);
    if (verdict.kind !== "send") continue;
    const touch = { profile_id: message.profile.id, channel: message.channel, at: now.toString(), priority: 0 };
    of.set(message.profile.id, [...had, touch]);
  }
}

function placeOf(
  message: Marketing,
  touches: readonly Touch[],
  limits: readonly Limit[],
  now: Temporal.Instant,
): Verdict {
  let yields = false;
  for (const limit of limits.filter((limit) => isOf(limit, message.channel))) {
    const within = touches.filter(({ channel }) => limit.channel === null || limit.channel === channel);
    const had = within.filter(({ at }) => at !== null && Date.parse(at) > limit.since).length;
    if (had >= limit.messages) return { kind: "skip", reason: "frequency_cap" };
    const before = within.filter(({ at, priority }) => at === null && priority > message.priority).length;
    yields ||= had + before >= limit.messages;
  }
  return yields ? { kind: "later", at: now.add(SOON), reason: "yields" } : { kind: "send" };
}

function isOf(limit: Pick<Limit, "channel">, channel: string): boolean {
  return limit.channel === null || limit.channel === channel;
}

function startOf(per: string, now: Temporal.Instant): number {
  return now.subtract({ seconds: Temporal.Duration.from(per).total("seconds") }).epochMilliseconds;
}
