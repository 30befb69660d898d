import type { SendingRules } from "../../consent/contracts.ts";
import {
  currentConsent,
  mayWrite,
  type NoConsent,
  nextAllowed,
  reachesOut,
  readSendingRules,
  zoneOf,
} from "../../consent/index.ts";
import { readGlobalHoldout } from "../../experiments/index.ts";
import type { Db, Tx } from "../../platform/db.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { Purpose } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { readCaps } from "../queries/read-caps.pg.ts";
import { placeKey, readSuppressed } from "../queries/read-standings.pg.ts";
import { countTouches } from "./count-touches.ts";

/** One message that is about to leave. */
export interface Asked {
  readonly id: string;
  /** Null: Kilim's own words to somebody (a code, a receipt, an answer to STOP). */
  readonly profile: Profile | null;
  readonly channel: string;
  readonly purpose: Purpose;
  readonly topic: string | null;
  /** Of two messages that compete for the last place under a cap, the higher one goes. */
  readonly priority: number;
  /** Where it would go; null when the person has no such address. */
  readonly address: string | null;
}

/** Decided by what its person wants. */
export type Marketing = Asked & { readonly profile: Profile };

export type SkipReason = NoConsent | "no_address" | "global_holdout" | "frequency_cap" | `suppressed_${string}`;

export type Verdict =
  | { readonly kind: "send" }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  | { readonly kind: "later"; readonly at: Temporal.Instant; readonly reason: "quiet_hours" | "yields" };

export type PermissionDeps = Pick<MessagesDeps, "secrets" | "timeZone" | "zonesOfStores">;

/**
 * Whether each of these messages may leave at this very moment; every path asks here, last of all, in the transaction
 * that hands over what may go, so that caps hold under concurrent sends. Suppression stands above everything; then what
 * is owed to a person (`transactional`) goes; marketing needs consent, an hour at which people may be written to, and a
 * place under the caps.
 */
export async function decideSending(
  deps: PermissionDeps,
  tx: Tx,
  asked: readonly Asked[],
  now: Temporal.Instant,
): Promise<Map<string, Verdict>> {
  const marketing = asked.filter(isMarketing);
  const places = asked.flatMap(({ channel, address }) => (address === null ? [] : [{ channel, address }]));
  const people = marketing.map(({ profile }) => profile);
  const [suppressed, consents, isHeldOut] = await Promise.all([
    readSuppressed(tx, deps.secrets, places),
    currentConsent(tx, people),
    marketing.length === 0 ? () => false : readGlobalHoldout(tx),
  ]);
  const verdicts = new Map<string, Verdict>();
  const open: Marketing[] = [];
  for (const message of asked) {
    const { channel, address } = message;
    const why = address === null ? "no_address" : suppressed.get(placeKey({ channel, address }));
    // STOP itself is answered: carriers ask for it.
    const isAnswer = message.profile === null && why === "stopped";
    if (why !== undefined && !isAnswer) skip(verdicts, message, address === null ? "no_address" : `suppressed_${why}`);
    else if (!isMarketing(message)) verdicts.set(message.id, { kind: "send" });
    else {
      const { id } = message.profile;
      const no = mayWrite(consents.get(id) ?? {}, channel, message.topic) ?? (isHeldOut(id) ? "global_holdout" : null);
      if (no === null) open.push(message);
      else skip(verdicts, message, no);
    }
  }
  if (open.length === 0) return verdicts;
  const rules = await readSendingRules(tx);
  const timely = await waitForHours(deps, tx, rules, verdicts, open, now);
  await countTouches(tx, verdicts, timely, [...rules.caps, ...(await readCaps(tx))], now);
  return verdicts;
}

function isMarketing(message: Asked): message is Marketing {
  return message.profile !== null && message.purpose === "marketing" && reachesOut(message.channel);
}

function skip(verdicts: Map<string, Verdict>, { id }: Asked, reason: SkipReason): void {
  verdicts.set(id, { kind: "skip", reason });
}

/** Those that may go at this hour; the others wait for theirs. One answer per zone and channel serves all of a batch. */
async function waitForHours(
  deps: PermissionDeps,
  db: Db,
  rules: SendingRules,
  verdicts: Map<string, Verdict>,
  open: readonly Marketing[],
  now: Temporal.Instant,
): Promise<Marketing[]> {
  if (rules.quiet_hours.length === 0 && rules.windows.length === 0) return [...open];
  const stores = await deps.zonesOfStores(db);
  const known = new Map<string, Temporal.Instant | null>();
  return open.filter(({ id, profile, channel }) => {
    const zone = zoneOf(profile, (store) => stores.get(store) ?? null, deps.timeZone);
    const key = `${zone} ${channel}`;
    let at = known.get(key);
    if (at === undefined) known.set(key, (at = nextAllowed(rules, channel, zone, now)));
    // Rules that never allow anything are refused when they are saved; none is sent by them all the same.
    const until = at ?? now.add({ hours: 24 });
    if (at !== null && Temporal.Instant.compare(until, now) <= 0) return true;
    verdicts.set(id, { kind: "later", at: until, reason: "quiet_hours" });
    return false;
  });
}
