import { newId } from "../platform/ids.ts";
import { type DeliveryView, PING } from "./contracts.ts";
import type { SendDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { insertTest } from "./queries/deliveries.pg.ts";
import { findTarget } from "./queries/endpoints.pg.ts";
import { readDelivery } from "./read-deliveries.ts";
import { composeBody } from "./sending/compose-body.ts";
import { tryEndpoint } from "./sending/try-endpoint.ts";

/** Sends a test message at once, also to a disabled endpoint, and keeps what came of it. It is tried once. */
export async function sendTest(deps: SendDeps, endpointId: string): Promise<DeliveryView> {
  const target = await findTarget(deps.db, endpointId);
  if (!target) throw refuse("webhook_not_found");
  const id = newId(deps.clock);
  const at = deps.clock.now().toString({ smallestUnit: "millisecond" });
  const body = composeBody({ type: PING, profile_id: null, happened_at: at, data: {} }, new Map());
  const { verdict, made } = await tryEndpoint(deps, target, { id, body });
  const state = verdict === "delivered" ? "delivered" : "failed";
  await insertTest(deps.db, { id, endpointId, type: PING, state, made });
  deps.bus.changed("webhook", endpointId, ["deliveries"]);
  return await readDelivery(deps, endpointId, id);
}
