import { inTransaction, type Tx } from "../../platform/db.ts";
import type { AdAudience } from "./audience.ts";
import { endStep, holdClaim } from "./queries/audience-rows.pg.ts";
import { holdWantedAfter, lookAtMembers, wantMembers } from "./queries/members.pg.ts";
import type { AudienceDeps } from "./step-audience.ts";

/** People of the segment, or members, looked at in one transaction. */
const PAGE = 2_000;
/**
 * Comings and goings are told as they happen. What no notice tells (a definition that was changed, an address that was
 * suppressed, a new holdout) is found by looking at all; networks forget whom they have not heard of for long.
 */
const READ_EVERY = { hours: 24 };

/** Where reading stands: first through the segment for who is to come, then through the members for who is to go. */
type Place = { readonly in: readonly (string | number)[] | null } | { readonly members: string | null };

/** Reads one page of the segment an audience follows, or looks at one page of its members. */
export async function readSegment(
  deps: Pick<AudienceDeps, "db" | "clock" | "audiences">,
  audience: AdAudience,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    if (!(await holdClaim(tx, audience))) return;
    const now = deps.clock.now();
    const place = audience.filled_to === null ? { in: null } : (JSON.parse(audience.filled_to) as Place);
    const next =
      "in" in place ? await readIn(tx, deps, audience, place.in) : await readOut(tx, deps, audience, place.members);
    await endStep(tx, audience, {
      next_at: now.toString(),
      ...(next === null
        ? { state: "live", filled_to: null, pass_at: now.add(READ_EVERY).toString() }
        : { filled_to: JSON.stringify(next) }),
    });
  });
}

type Deps = Pick<AudienceDeps, "clock" | "audiences">;

async function readIn(
  tx: Tx,
  deps: Deps,
  audience: AdAudience,
  after: readonly (string | number)[] | null,
): Promise<Place> {
  if (audience.segment_id === null) return { members: null };
  const segment = { segment_id: audience.segment_id };
  const page = await deps.audiences.page(tx, segment, after, PAGE);
  const now = deps.clock.now().toString();
  await wantMembers(tx, audience.id, page.ids, true, now);
  // Who has left since the page was read is noted by now, or waits for our locks and notes it after us.
  const still = await deps.audiences.among(tx, segment, page.ids);
  const left = page.ids.filter((id) => !still.has(id));
  await wantMembers(tx, audience.id, left, false, now);
  return page.next === null ? { members: null } : { in: page.next };
}

async function readOut(tx: Tx, deps: Deps, audience: AdAudience, after: string | null): Promise<Place | null> {
  const ids = await holdWantedAfter(tx, audience.id, after, PAGE);
  const { segment_id } = audience;
  const still = segment_id === null ? new Set(ids) : await deps.audiences.among(tx, { segment_id }, ids);
  const left = ids.filter((id) => !still.has(id));
  const now = deps.clock.now().toString();
  await wantMembers(tx, audience.id, left, false, now);
  await lookAtMembers(tx, audience.id, [...still], now);
  return ids.length < PAGE ? null : { members: ids.at(-1) ?? null };
}
