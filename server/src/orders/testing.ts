import { unpack } from "../collect/index.ts";
import { IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { addToCart } from "../lists/change-cart.ts";
import type { Holder } from "../lists/index.ts";
import { rows, sql } from "../platform/db.ts";
import type { House } from "../platform/house.ts";
import { newId } from "../platform/ids.ts";
import type { World } from "../platform/testing/world.ts";
import { checkOutDesk } from "./check-out.ts";
import type { Fulfilment, Order, WebOrder } from "./contracts.ts";
import type { OrdersDeps } from "./index.ts";
import { type PaymentGateway, testGateway } from "./payment-gateway.ts";
import { policy } from "./policy.ts";
import { savePolicy } from "./queries/policy.pg.ts";
import { readOrder } from "./show-orders.ts";

export const DOKUMA: House = {
  name: "Dokuma",
  url: "https://dokuma.example/",
  colors: {
    primary: "#b3312c",
    on_primary: "#ffffff",
    background: "#f4f1ec",
    surface: "#ffffff",
    text: "#2b2723",
    muted: "#6b645c",
  },
  fonts: { heading: "Georgia, serif", body: "Helvetica, sans-serif" },
  radius: 6,
  logo: null,
  footer_lines: [],
};

export { IZMIR, JAKARTA, WAREHOUSE };

/** A gateway that keeps what it was asked. */
export interface Till extends PaymentGateway {
  readonly given: Map<string, number>;
}

export function countingGateway(): Till {
  const given = new Map<string, number>();
  return {
    ...testGateway,
    given,
    release: async ({ key }) => void given.set(key, Number.NaN),
    refund: async ({ key, amount }) => void given.set(key, amount.amount),
  };
}

export function ordersDeps(world: World, payments: PaymentGateway = testGateway): OrdersDeps {
  return {
    ...world,
    publicUrl: "https://kilim.example",
    house: async () => DOKUMA,
    printLogo: async () => null,
    sendMail: async () => {},
    payments,
    namesOf: async (_db, ids) => new Map(ids.map((id) => [id, "Elif"])),
    onError(error) {
      throw error;
    },
  };
}

export async function setPolicy(world: World, given: object): Promise<void> {
  await savePolicy(world.db, policy.parse(given));
}

export async function variantsWith(
  world: World,
  stock: readonly Partial<Record<string, number>>[],
): Promise<readonly string[]> {
  return (await stockedProduct(world, stock)).variantIds;
}

/** A device orders these quantities, and the order as staff sees it. */
export async function order(
  world: World,
  deps: OrdersDeps,
  cart: Readonly<Record<string, number>>,
  body: Partial<WebOrder> = {},
): Promise<Order> {
  const holder: Holder = { kind: "device", anonymousId: newId(world.clock) };
  for (const [variantId, quantity] of Object.entries(cart)) {
    await addToCart(deps, holder, { variant_id: variantId, quantity });
    world.clock.advance({ milliseconds: 1 });
  }
  const placed = await checkOutDesk(deps)({
    holder,
    body: { channel: "web", payment: "test", ...body },
    idempotencyKey: null,
  });
  return readOrder(deps, placed.id);
}

/** The only fulfilment that is not over. */
export function live({ fulfilments }: Order): Fulfilment {
  const found = fulfilments.filter(({ state }) => !["rejected", "expired", "cancelled"].includes(state));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} fulfilments are live`);
  return found[0];
}

export async function toldSince(world: World, from: number): Promise<{ name: string; properties: object }[]> {
  const found = await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`);
  return found.flatMap((row) => unpack(row)).slice(from);
}
