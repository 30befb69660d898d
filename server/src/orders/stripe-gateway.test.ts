import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { countersAt } from "../inventory/testing.ts";
import { addToCart } from "../lists/change-cart.ts";
import type { Holder } from "../lists/index.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import { cancelOrder } from "./change-order.ts";
import { checkOutDesk, confirmPayment } from "./check-out.ts";
import { createOrders, type OrdersDeps } from "./index.ts";
import { takeNotice } from "./payment-routes.ts";
import { readOrder, readOrders } from "./show-orders.ts";
import { type StripeSettings, stripeGateway } from "./stripe-gateway.ts";
import { live, order, ordersDeps, variantsWith, WAREHOUSE } from "./testing.ts";

interface Intent {
  readonly id: string;
  status: string;
  amount: number;
  refunded: number;
  client_secret?: string;
  last_payment_error?: object;
}

const SECRET = "whsec_12345678";

/** Stripe as far as orders use it: form fields in, JSON out, an answer per Idempotency-Key, failures on demand. */
class FakeStripe {
  static made = 0;
  readonly intents = new Map<string, Intent>();
  readonly calls: string[] = [];
  readonly #answers = new Map<string, { status: number; body: object }>();
  readonly #server: Server;
  /** How many of the next requests are done and then answered 500: the answer is lost, the deed is not. */
  lost = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      void read(request).then((fields) => {
        const { status, body } = this.#answer(request, fields);
        const isLost = this.lost > 0 && this.lost-- > 0;
        response.writeHead(isLost ? 500 : status, { "content-type": "application/json" });
        response.end(JSON.stringify(isLost ? { error: { type: "api_error" } } : body));
      });
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }

  #answer(request: IncomingMessage, fields: URLSearchParams): { status: number; body: object } {
    if (request.headers.authorization !== "Bearer sk_test_12345678") {
      return { status: 401, body: { error: { type: "invalid_request_error" } } };
    }
    const key = String(request.headers["idempotency-key"] ?? "");
    const known = key === "" ? undefined : this.#answers.get(key);
    if (known) return known;
    this.calls.push(`${request.method} ${request.url?.replace(/pi_\d+/, "pi")}`);
    const answer = this.#work(request.url ?? "", fields);
    if (key !== "") this.#answers.set(key, answer);
    return answer;
  }

  #work(url: string, fields: URLSearchParams): { status: number; body: object } {
    if (url === "/v1/payment_intents") {
      const made = {
        id: `pi_${++FakeStripe.made}`,
        status: "requires_payment_method",
        amount: 0,
        refunded: 0,
        client_secret: "secret",
      };
      made.amount = Number(fields.get("amount"));
      this.intents.set(made.id, made);
      return { status: 200, body: made };
    }
    const found = this.intents.get(fields.get("payment_intent") ?? /pi_\d+/.exec(url)?.[0] ?? "");
    if (!found) return { status: 404, body: { error: { type: "invalid_request_error", code: "resource_missing" } } };
    const unexpected = {
      status: 400,
      body: { error: { type: "invalid_request_error", code: "payment_intent_unexpected_state" } },
    };
    if (url.endsWith("/confirm")) {
      if (found.status === "canceled") return unexpected;
      if (fields.get("payment_method") === "pm_declined") {
        return { status: 402, body: { error: { type: "card_error", code: "card_declined" } } };
      }
      found.status = fields.get("payment_method") === "pm_3ds" ? "requires_action" : "succeeded";
    } else if (url.endsWith("/cancel")) {
      if (found.status === "succeeded") return unexpected;
      found.status = "canceled";
    } else if (url === "/v1/refunds") {
      const amount = Number(fields.get("amount") ?? found.amount);
      if (found.refunded + amount > found.amount) {
        return { status: 400, body: { error: { type: "invalid_request_error", code: "charge_already_refunded" } } };
      }
      found.refunded += amount;
    }
    return { status: 200, body: found };
  }
}

async function read(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

describe("payments by Stripe", () => {
  let world: World;
  let stripe: FakeStripe;
  let deps: OrdersDeps;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    stripe = new FakeStripe();
    const settings: StripeSettings = {
      secretKey: "sk_test_12345678",
      url: await stripe.open(),
      webhookSecret: SECRET,
      clock: world.clock,
    };
    deps = ordersDeps(world, stripeGateway(settings));
    return () => stripe.close();
  });

  const one = async (stock = 5) => (await variantsWith(world, [{ [WAREHOUSE]: stock }]))[0] ?? "";
  const buy = async (token = "pm_card_visa") =>
    order(world, deps, { [await one()]: 2 }, { payment: { method: "stripe", token } });
  const intent = () => [...stripe.intents.values()].at(-1);

  test("ORD-19 a payment has its name before money moves; what is cancelled goes back once, in minor units", async () => {
    const placed = await buy();
    expect(intent()).toMatchObject({ status: "succeeded", amount: 17800, refunded: 0 });
    expect(stripe.calls).toEqual([
      "POST /v1/payment_intents",
      "GET /v1/payment_intents/pi",
      "POST /v1/payment_intents/pi/confirm",
    ]);
    await cancelOrder(deps, { orderId: placed.id, reason: "x", actor: "x", isShopper: false });
    await carryOutRefunds(deps);
    await carryOutRefunds(deps);
    expect(intent()?.refunded).toBe(17800);
    expect(live(await buy()).state).toBe("accepted");
  });

  test("ORD-4 a declined card: the stock is free again", async () => {
    await expect(buy("pm_declined")).rejects.toMatchObject({ code: "payment_declined" });
    expect(intent()?.status).toBe("requires_payment_method");
  });

  test("ORD-19 a refund whose answer was lost is asked for again under its key, and given once", async () => {
    const placed = await buy();
    await cancelOrder(deps, { orderId: placed.id, reason: "x", actor: "x", isShopper: false });
    stripe.lost = 1;
    await carryOutRefunds(deps);
    world.clock.advance({ minutes: 5 });
    await carryOutRefunds(deps);
    expect(intent()?.refunded).toBe(17800);
    expect(stripe.calls.filter((call) => call === "POST /v1/refunds")).toHaveLength(1);
  });

  test("ORD-5 charged, and the answer lost: when the order is given up the money goes back once", async () => {
    const payment = { payment: { method: "stripe" as const, token: "pm_card_visa" } };
    const id = await one();
    const payments = {
      ...deps.payments,
      async confirm(...asked: Parameters<typeof deps.payments.confirm>) {
        await deps.payments.confirm(...asked);
        throw new Error("the process died");
      },
    };
    await expect(order(world, { ...deps, payments }, { [id]: 1 }, payment)).rejects.toThrow("the process died");
    expect(intent()).toMatchObject({ status: "succeeded", refunded: 0 });
    const room = createOrders(deps);
    await room.start?.();
    world.clock.advance({ minutes: 11 });
    await expect.poll(() => intent()?.refunded).toBe(8900);
    await room.stop?.();
    expect((await readOrders(deps, { limit: 1 })).items[0]).toMatchObject({ payment: { state: "voided" } });
  });

  test("ORD-5 not charged yet when it is given up: the payment can never be confirmed any more", async () => {
    const id = await one();
    const payment = { payment: { method: "stripe" as const, token: "pm_card_visa" } };
    const payments = { ...deps.payments, confirm: () => Promise.reject(new Error("the process died")) };
    await expect(order(world, { ...deps, payments }, { [id]: 1 }, payment)).rejects.toThrow("the process died");
    const room = createOrders(deps);
    await room.start?.();
    world.clock.advance({ minutes: 11 });
    await expect.poll(() => intent()?.status).toBe("canceled");
    await room.stop?.();
    const asked = {
      orderId: "late",
      amount: { amount: 8900, currency: "EUR" },
      method: "stripe",
      token: "pm_card_visa",
    };
    expect(await deps.payments.confirm(intent()?.id ?? "", asked)).toEqual({ isApproved: false });
  });

  const secondStep = { payment: { method: "stripe" as const, token: "pm_3ds" } };
  let phone: Holder = { kind: "device", anonymousId: "" };
  const begin = async (id: string) => {
    phone = { kind: "device", anonymousId: newId(world.clock) };
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    return checkOutDesk(deps)({ holder: phone, body: { channel: "web", ...secondStep }, idempotencyKey: null });
  };
  const tell = (id: string, given: { at?: number; secret?: string; raw?: string } = {}) => {
    const raw = JSON.stringify({ id, type: "any", data: { object: { id: intent()?.id, object: "payment_intent" } } });
    const at = given.at ?? Math.floor(world.clock.now().epochMilliseconds / 1000);
    const signature = createHmac("sha256", given.secret ?? SECRET)
      .update(`${at}.${raw}`)
      .digest("hex");
    return takeNotice(deps, given.raw ?? raw, `t=${at},v1=${"0".repeat(64)},v1=${signature}`);
  };
  const stateOf = async (id: string) => (await readOrder(deps, id)).payment.state;

  test("ORD-20 a card that asks for a second step: the order waits with its goods, and is paid when Stripe says so", async () => {
    const id = await one(1);
    const placed = await begin(id);
    expect(placed).toMatchObject({ payment_state: "pending", action: { method: "stripe", client_secret: "secret" } });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ reserved: 1, committed: 0 });
    // Asked too early it still waits; somebody else's device learns nothing.
    expect(await confirmPayment(deps, phone, placed.id)).toMatchObject({ payment_state: "pending" });
    const other: Holder = { kind: "device", anonymousId: "other" };
    await expect(confirmPayment(deps, other, placed.id)).rejects.toMatchObject({ code: "order_not_found" });
    const asked = intent();
    if (asked) asked.status = "succeeded";
    await Promise.all([tell("evt_1"), tell("evt_1"), tell("evt_2"), confirmPayment(deps, phone, placed.id)]);
    await tell("evt_1");
    expect(await stateOf(placed.id)).toBe("paid");
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ reserved: 0, committed: 1 });
  });

  test("ORD-20 the second step fails: the stock is free again, and a late notice of before changes nothing", async () => {
    const id = await one(1);
    const placed = await begin(id);
    const asked = intent();
    if (asked) Object.assign(asked, { status: "requires_payment_method", last_payment_error: { code: "x" } });
    await expect(confirmPayment(deps, phone, placed.id)).rejects.toMatchObject({ code: "payment_declined" });
    await tell("evt_late");
    expect(await stateOf(placed.id)).toBe("failed");
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ reserved: 0, committed: 0 });
  });

  test("ORD-20 a notice that is forged, changed, played back or not signed is refused, and nothing is asked of Stripe", async () => {
    await begin(await one(1));
    const calls = stripe.calls.length;
    const now = Math.floor(world.clock.now().epochMilliseconds / 1000);
    for (const given of [{ secret: "whsec_other000" }, { raw: "{}" }, { at: now - 301 }, { at: now + 301 }]) {
      await expect(tell("evt_3", given)).rejects.toMatchObject({ code: "bad_notice" });
    }
    await expect(takeNotice(deps, "{}", "")).rejects.toMatchObject({ code: "bad_notice" });
    expect(stripe.calls).toHaveLength(calls);
    await tell("evt_3");
    await tell("evt_3");
    expect(stripe.calls).toHaveLength(calls + 1);
  });

  test("ORD-19 a way of paying that is not set up is refused with its path", async () => {
    const id = await one();
    await expect(order(world, deps, { [id]: 1 })).rejects.toMatchObject({
      code: "payment_not_offered",
      fields: [{ path: "payment" }],
    });
  });
});
