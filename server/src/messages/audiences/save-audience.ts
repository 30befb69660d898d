import { inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { refuse } from "../errors.ts";
import { loadAccount } from "../queries/accounts.pg.ts";
import type { AdAudience } from "./audience.ts";
import type { AdAudienceBody, AdAudienceView } from "./contracts.ts";
import { openWay } from "./open-way.ts";
import { deleteAudience, insertAudience, lockAudience, renameAudience, setState } from "./queries/audience-rows.pg.ts";
import { emptyAudience, isEmptied } from "./queries/members.pg.ts";
import { readAudience } from "./read-audiences.ts";
import type { AudienceDeps } from "./step-audience.ts";

type Deps = Pick<AudienceDeps, "db" | "clock" | "bus" | "audiences">;

export async function createAudience(
  deps: Deps & Pick<AudienceDeps, "secrets" | "http">,
  { create, ...body }: AdAudienceBody,
): Promise<AdAudienceView> {
  const errors = await problemsOf(deps, body);
  if (errors.length > 0) throw refuse("ad_audience_not_valid", undefined, errors);
  const id = newId(deps.clock);
  await insertAudience(deps.db, {
    ...body,
    external_id: create ? await createAtNetwork(deps, id, body) : body.external_id,
    id,
    state: body.account_id === null ? "live" : "filling",
    created_at: deps.clock.now().toString(),
  });
  deps.bus.changed("ad_audience", id, ["count"]);
  return readAudience(deps, id);
}

/** Gives what the network calls it. Who dies right after leaves an empty audience there, which reaches nobody. */
async function createAtNetwork(
  deps: Pick<AudienceDeps, "db" | "secrets" | "http" | "clock">,
  id: string,
  { name, account_id }: Pick<AdAudienceBody, "name" | "account_id">,
): Promise<string> {
  // There is no number yet: nothing but the account is asked for by it.
  const way = await openWay(deps, { account_id, external_id: "" });
  const made = "line" in way ? await way.line.create({ id, name }) : way;
  if (made.kind === "accepted") return made.audience;
  throw refuse("ad_audience_not_made", made.reason);
}

async function problemsOf(
  { db, audiences }: Deps,
  { account_id, segment_id }: Pick<AdAudienceBody, "account_id" | "segment_id">,
) {
  const account = account_id === null ? null : await loadAccount(db, account_id);
  const segment = segment_id === null ? "" : await audiences.nameOf(db, { segment_id });
  return [
    ...(account === undefined || (account && account.channel !== "ads")
      ? [{ path: "account_id", message: "no account of channel ads" }]
      : []),
    ...(segment === null ? [{ path: "segment_id", message: "no such segment" }] : []),
  ];
}

export async function changeName(deps: Deps, id: string, name: string): Promise<AdAudienceView> {
  await renameAudience(deps.db, id, name);
  deps.bus.changed("ad_audience", id, ["definition"]);
  return readAudience(deps, id);
}

/** Adds nobody more; those who take back their yes are taken out all the same. */
export function pauseAudience(deps: Deps, id: string): Promise<AdAudienceView> {
  return change(deps, id, (tx, _audience, now) => setState(tx, id, "paused", now));
}

/** Goes on, or tries again at once after a failure. */
export function resumeAudience(deps: Deps, id: string): Promise<AdAudienceView> {
  return change(deps, id, (tx, { account_id }, now) => setState(tx, id, account_id === null ? "live" : "filling", now));
}

/** Everybody is taken out at the network, then it goes; asked again while that fails, or is looked into, it goes at once. */
export async function removeAudience(deps: Deps, id: string): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const audience = await lockAudience(tx, id);
    if (!audience) throw refuse("ad_audience_not_found");
    const isGivenUp = audience.state === "leaving" && (audience.last_error !== null || (await isEmptied(tx, id)));
    if (audience.account_id === null || isGivenUp) return await deleteAudience(tx, id);
    const now = deps.clock.now().toString();
    await emptyAudience(tx, id, now);
    await setState(tx, id, "leaving", now);
  });
  deps.bus.changed("ad_audience", id, ["count"]);
}

async function change(
  deps: Deps,
  id: string,
  work: (tx: Tx, audience: AdAudience, now: string) => Promise<void>,
): Promise<AdAudienceView> {
  await inTransaction(deps.db, async (tx) => {
    const audience = await lockAudience(tx, id);
    if (!audience) throw refuse("ad_audience_not_found");
    if (audience.state === "leaving") throw refuse("ad_audience_leaving");
    await work(tx, audience, deps.clock.now().toString());
  });
  deps.bus.changed("ad_audience", id, ["state"]);
  return readAudience(deps, id);
}
