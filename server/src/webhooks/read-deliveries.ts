import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type { DeliveryItem, DeliveryQuery, DeliveryView, EndpointView } from "./contracts.ts";
import type { SendDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { type FoundDelivery, findDelivery, listDeliveries } from "./queries/deliveries.pg.ts";
import { listEndpoints } from "./queries/endpoints.pg.ts";
import { readEndpoint } from "./save-endpoint.ts";
import { composeBody } from "./sending/compose-body.ts";

export async function readEndpoints({ db }: SendDeps, query: PageQuery): Promise<Page<EndpointView>> {
  const after = decodeCursor(query.after, 1);
  const found = await listEndpoints(db, after ? String(after[0]) : null, query.limit + 1);
  return toPage(found, query.limit, ({ id }) => [id]);
}

export async function readDeliveries(deps: SendDeps, id: string, query: DeliveryQuery): Promise<Page<DeliveryItem>> {
  await readEndpoint(deps, id);
  const after = decodeCursor(query.after, 1);
  const found = await listDeliveries(deps.db, id, {
    filter: query.state,
    before: after ? String(after[0]) : null,
    limit: query.limit + 1,
  });
  return toPage(found, query.limit, (delivery) => [delivery.id]);
}

export async function readDelivery(deps: SendDeps, id: string, deliveryId: string): Promise<DeliveryView> {
  const { data, ...found } = await requireDelivery(deps, id, deliveryId);
  const userIds =
    found.profile_id === null ? new Map<string, string>() : await deps.userIdsOf(deps.db, [found.profile_id]);
  return { ...found, body: composeBody({ ...found, data }, userIds) };
}

export async function requireDelivery({ db }: SendDeps, id: string, deliveryId: string): Promise<FoundDelivery> {
  const found = await findDelivery(db, id, deliveryId);
  if (!found) throw refuse("delivery_not_found");
  return found;
}
