import { type Db, inTransaction } from "../../platform/db.ts";
import type { Outbound } from "../../platform/outbound/outbound.ts";
import type { AdNetwork } from "../channels/ad-network.ts";
import type { No } from "../channels/adapter.ts";
import type { MessagesDeps } from "../deps.ts";
import { limitMs } from "../sending/backoff.ts";
import type { AdAudience } from "./audience.ts";
import { noteUpload } from "./note-upload.ts";
import { type AudienceWay, openWay } from "./open-way.ts";
import { planRound, type Round } from "./plan-round.ts";
import { claimAudience, deleteAudience, endStep, holdClaim } from "./queries/audience-rows.pg.ts";
import { type DueMember, dueMembers, foretell, forgetTold, settleMembers, sharedHashes } from "./queries/members.pg.ts";
import { nextRemovalAsked } from "./queries/uploads.pg.ts";
import { readSegment } from "./read-segment.ts";
import { whoMay } from "./who-may.ts";

export type AudienceDeps = Pick<
  MessagesDeps,
  "db" | "clock" | "bus" | "log" | "secrets" | "audiences" | "loadProfiles"
> & {
  readonly http: Pick<Outbound, "send" | "check">;
};

/** People told of in one round: networks take ten thousand in a request. */
const CHUNK = 2_000;
/** Longer than two requests can take; whoever has not come back by then is taken for dead. */
const LEASE = { minutes: 3 };
/** Networks take hours to heed what they are told: single comings and goings go together. */
const ROUNDS = { seconds: 60 };
/** Waits between tries; the last one for ever, since nobody may stay there who has taken back their yes. */
const MINUTES = [1, 5, 15, 60, 180];

/** Takes the audience that has waited longest one step further; gives its id, null when none is due. */
export async function stepAudience(deps: AudienceDeps, except: readonly string[]): Promise<string | null> {
  const now = deps.clock.now();
  const until = now.add(LEASE).toString();
  const audience = await claimAudience(deps.db, { now: now.toString(), until, except });
  if (!audience) return null;
  if (audience.state === "filling" || (audience.state === "live" && isPast(audience.pass_at, now)))
    await readSegment(deps, audience);
  else await tellNetwork(deps, audience);
  deps.bus.changed("ad_audience", audience.id, ["state"]);
  return audience.id;
}

function isPast(at: string | null, now: Temporal.Instant): boolean {
  return at !== null && Temporal.Instant.compare(Temporal.Instant.from(at), now) <= 0;
}

async function tellNetwork(deps: AudienceDeps, audience: AdAudience): Promise<void> {
  const members = await dueMembers(deps.db, audience.id, CHUNK);
  if (members.length === 0) return await rest(deps, audience);
  const way = await openWay(deps, audience);
  if ("reason" in way) return await fail(deps, audience, way);
  const may = audience.state === "leaving" ? new Map() : await mayOf(deps, way.network, members);
  const round = planRound(members, may, audience.state === "paused");
  const outcome = await work(deps, audience, way, round);
  if (outcome !== "told") return await fail(deps, audience, outcome);
  const now = deps.clock.now();
  const next = members.length === CHUNK || audience.state === "leaving" ? now : now.add(ROUNDS);
  await inTransaction(deps.db, (tx) =>
    endStep(tx, audience, {
      tries: 0,
      last_error: null,
      last_told_at: now.toString(),
      next_at: next.toString(),
    }),
  );
}

async function mayOf(deps: AudienceDeps, network: AdNetwork, members: readonly DueMember[]) {
  const ids = members.flatMap(({ profile_id, wanted }) => (wanted && profile_id !== null ? [profile_id] : []));
  const profiles = await deps.loadProfiles(deps.db, ids);
  return await whoMay(deps.db, deps, network, [...profiles.values()]);
}

/** Takes out before it adds, and notes whom it adds before it does: whatever is interrupted is done again. */
async function work(deps: AudienceDeps, audience: AdAudience, way: AudienceWay, round: Round): Promise<"told" | No> {
  const out = await ownHashes(deps.db, audience.id, round);
  const taken = out.length === 0 ? null : await way.line.remove(way.external, out);
  if (taken !== null && taken.kind !== "accepted") return taken;
  const adding = await inTransaction(deps.db, async (tx) => {
    if (!(await holdClaim(tx, audience))) return null;
    if (taken) await noteUpload(tx, deps.clock, taken, { audience_id: audience.id, kind: "removed", people: out });
    await forgetTold(tx, round.gone);
    await settleMembers(tx, round.same);
    const still = await foretell(
      tx,
      round.in.map(({ member, hashes }) => ({ id: member.id, hashes })),
    );
    return round.in.filter(({ member }) => still.has(member.id));
  });
  if (adding === null || adding.length === 0) return "told";
  const people = adding.map(({ hashes }) => hashes);
  const added = await way.line.add(way.external, people);
  if (added.kind !== "accepted") return added;
  await inTransaction(deps.db, async (tx) => {
    if (!(await holdClaim(tx, audience))) return;
    await noteUpload(tx, deps.clock, added, { audience_id: audience.id, kind: "added", people });
    await settleMembers(
      tx,
      adding.map(({ member }) => member),
    );
  });
  return "told";
}

/** What is taken out: a household's number, say, stays as long as one of its people does. */
async function ownHashes(db: Db, audienceId: string, { out }: Round) {
  const shared = await sharedHashes(db, audienceId, {
    hashes: out.flatMap(({ hashes }) => hashes),
    leaving: out.map(({ member }) => member.id),
  });
  return out.map(({ hashes }) => hashes.filter((one) => !shared.has(one))).filter((hashes) => hashes.length > 0);
}

/** Nothing is due: one that was to be emptied is, and goes once its network has said so. */
async function rest(deps: AudienceDeps, audience: AdAudience): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await holdClaim(tx, audience))) return;
    const asked = audience.state === "leaving" ? await nextRemovalAsked(tx, audience.id) : null;
    if (audience.state === "leaving" && asked === null) await deleteAudience(tx, audience.id);
    else await endStep(tx, audience, { next_at: asked ?? deps.clock.now().toString() });
  });
}

async function fail(deps: AudienceDeps, audience: AdAudience, outcome: No): Promise<void> {
  const minutes = MINUTES[Math.min(audience.tries, MINUTES.length - 1)] ?? 0;
  const wait = outcome.kind === "limited" ? { milliseconds: limitMs(outcome) } : { minutes };
  deps.log.warn({ audience_id: audience.id, reason: outcome.reason }, "an ad audience could not be told of its people");
  await inTransaction(deps.db, (tx) =>
    endStep(tx, audience, {
      tries: outcome.kind === "limited" ? audience.tries : audience.tries + 1,
      last_error: outcome.reason,
      next_at: deps.clock.now().add(wait).toString(),
    }),
  );
}
