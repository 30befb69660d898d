import { type Db, inTransaction } from "../platform/db.ts";
import { refuse as refusePlatform } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { newSecret, OLD_SIGNS_ALONG, sealSecret } from "../platform/outbound/webhook-secret.ts";
import { type EnableBody, type EndpointBody, type EndpointView, MOST_ENDPOINTS } from "./contracts.ts";
import type { SendDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { skipWaiting } from "./queries/deliveries.pg.ts";
import {
  disableEndpoint,
  enableEndpoint,
  findEndpoint,
  insertEndpoint,
  removeEndpoint,
  replaceSecret,
  updateEndpoint,
} from "./queries/endpoints.pg.ts";

export async function readEndpoint({ db }: { readonly db: Db }, id: string): Promise<EndpointView> {
  const found = await findEndpoint(db, id);
  if (!found) throw refuse("webhook_not_found");
  return found;
}

export async function createEndpoint(deps: SendDeps, body: EndpointBody): Promise<EndpointView & { secret: string }> {
  await checkBody(deps, body);
  const { db, clock } = deps;
  const id = newId(clock);
  const secret = newSecret();
  const endpoint = { ...body, id, secret: sealSecret(deps.secrets, secret), now: clock.now().toString() };
  const isMade = await inTransaction(db, (tx) => insertEndpoint(tx, endpoint, MOST_ENDPOINTS));
  if (!isMade) throw refuse("too_many_webhooks");
  deps.bus.changed("webhook", id, ["count"]);
  return { ...(await readEndpoint(deps, id)), secret };
}

export async function changeEndpoint(deps: SendDeps, id: string, body: EndpointBody): Promise<EndpointView> {
  await readEndpoint(deps, id);
  await checkBody(deps, body);
  await updateEndpoint(deps.db, id, body, deps.clock.now().toString());
  return await changed(deps, id);
}

export async function deleteEndpoint(deps: SendDeps, id: string): Promise<void> {
  await readEndpoint(deps, id);
  await removeEndpoint(deps.db, id);
  deps.bus.changed("webhook", id, ["count"]);
}

/** A new secret; the one before signs along for a day. */
export async function rotateSecret(deps: SendDeps, id: string): Promise<{ secret: string; old_secret_until: string }> {
  await readEndpoint(deps, id);
  const secret = newSecret();
  const now = deps.clock.now();
  const until = now.add(OLD_SIGNS_ALONG).toString({ smallestUnit: "millisecond" });
  await replaceSecret(deps.db, id, sealSecret(deps.secrets, secret), until, now.toString());
  deps.bus.changed("webhook", id, ["state"]);
  return { secret, old_secret_until: until };
}

/** What has waited meanwhile is sent, or left to be replayed. */
export async function enable(deps: SendDeps, id: string, body: EnableBody): Promise<EndpointView> {
  await readEndpoint(deps, id);
  await inTransaction(deps.db, async (tx) => {
    if (body?.waiting === "skip") await skipWaiting(tx, id, deps.clock.now().toString());
    await enableEndpoint(tx, id);
  });
  return await changed(deps, id);
}

/** Nothing is sent any more; what happens from now on waits. */
export async function disable(deps: SendDeps, id: string): Promise<EndpointView> {
  await readEndpoint(deps, id);
  await disableEndpoint(deps.db, id, "manual", deps.clock.now().toString());
  return await changed(deps, id);
}

async function changed(deps: SendDeps, id: string): Promise<EndpointView> {
  deps.bus.changed("webhook", id, ["state", "queued"]);
  return await readEndpoint(deps, id);
}

/** A name that is not known yet is no fault: it is looked at again whenever something is sent. */
async function checkBody({ db, outbound, segmentsExist }: SendDeps, { url, segment_ids }: EndpointBody): Promise<void> {
  if ((await outbound.check(url)) === "refused_address")
    throw refuse("webhook_address_refused", undefined, [
      { path: "url", message: "leads to an address that is not public" },
    ]);
  const wanted = segment_ids ?? [];
  const known = await segmentsExist(db, wanted);
  const fields = wanted.flatMap((id, n) =>
    known.has(id) ? [] : [{ path: `segment_ids.${n}`, message: "there is no such segment" }],
  );
  if (fields.length > 0) throw refusePlatform("invalid_request", undefined, fields);
}
