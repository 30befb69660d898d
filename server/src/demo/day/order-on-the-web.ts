import type { Clock } from "../../platform/clock.ts";
import type { JsonObject } from "../../platform/json.ts";
import { demoCatalogue } from "../catalogue.ts";
import type { Person } from "../people/make-people.ts";
import { type Api, idOf } from "./api.ts";
import { choose } from "./choose.ts";

/** How far an order has come by the evening; the first ones have only just been placed. */
const STAGES = ["placed", "accepted", "ready", "shipped", "delivered", "cancelled", "in-cart"] as const;
type Stage = (typeof STAGES)[number];
const COUNTRIES = { tr: "TR", id: "ID", en: "GB" } as const;

/** Says whose device it is. */
export function brieflyKnown({ userId, index }: Person): JsonObject {
  return { type: "identify", messageId: `demo-day-${index}`, userId, anonymousId: deviceOf(index), traits: {} };
}

/** Fills a cart and orders it, some to fetch in a store; the shop takes it as far as its stage. */
export async function orderOnTheWeb(api: Api, clock: Clock, shopper: Person, i: number): Promise<void> {
  const device = deviceOf(shopper.index);
  const stage = STAGES[i % STAGES.length];
  for (const { id } of choose(100 + i, 1 + (i % 2)))
    await api({ method: "POST", url: "/v1/cart/items", body: { variant_id: id, quantity: 1 }, device });
  if (stage === "in-cart") return;
  const store = demoCatalogue.stores[i % demoCatalogue.stores.length];
  const isPickup = stage === "ready" || i === 1;
  const { firstName, lastName, place, language, email } = shopper;
  const order = await api({
    method: "POST",
    url: "/v1/orders",
    device,
    body: {
      channel: "web",
      email,
      language,
      payment: "test",
      ...(isPickup ? { deliveries: [{ kind: "pickup", store_id: store?.id }] } : {}),
      address: {
        name: [firstName, lastName].filter(Boolean).join(" "),
        line1: `${12 + i}`,
        city: place.city,
        country: COUNTRIES[language],
      },
    },
  });
  if (stage === "cancelled") {
    await api({ method: "POST", url: `/v1/orders/${idOf(order)}/cancel`, body: {} });
    return;
  }
  for (const fulfilment of (order.fulfilments ?? []) as JsonObject[]) await carryOut(api, clock, fulfilment, stage);
}

/** A store takes on what it is asked for; the warehouse has no choice. */
async function carryOut(api: Api, clock: Clock, fulfilment: JsonObject, stage: Stage | undefined): Promise<void> {
  const id = idOf(fulfilment);
  const step = (name: string, body: object = {}) => api({ method: "POST", url: `/v1/fulfilments/${id}/${name}`, body });
  const far = STAGES.indexOf(stage ?? "placed");
  if (far >= STAGES.indexOf("accepted") && fulfilment.state === "assigned") await step("accept");
  if (stage === "ready") await step("ready");
  if (far >= STAGES.indexOf("shipped"))
    await step("ship", { carrier: "Yurtiçi Kargo", tracking_number: `KLM-${id.slice(-8)}` });
  if (stage === "delivered") await step("tracking", { state: "delivered", at: clock.now().toString() });
}

function deviceOf(index: number): string {
  return `demo-device-${index}`;
}
