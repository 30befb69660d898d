import { setTimeout as pause } from "node:timers/promises";

import { AppError } from "../platform/errors.ts";
import type { Money } from "../platform/money.ts";
import { orderErrors } from "./errors.ts";

export interface Charge {
  readonly orderId: string;
  readonly amount: Money;
  readonly method: string;
  /** What the provider's own form gave for a card. */
  readonly token: string | null;
}

export interface GivenBack {
  readonly method: string;
  readonly reference: string;
  readonly amount: Money;
  /** The same key is the same refund, however often it is asked for. */
  readonly key: string;
}

/** What came of a payment so far. */
export interface Outcome {
  readonly isApproved: boolean;
  /** The buyer has to do something first (3-D Secure): what the provider's own form needs for it. Nothing is decided. */
  readonly action?: NextAction;
  /** Nothing has come of it yet, and nobody has to do anything. */
  readonly isOpen?: boolean;
}

export interface NextAction {
  readonly method: string;
  readonly client_secret: string;
}

/** What a provider has told us, proven to be its own words. */
export interface Notice {
  readonly id: string;
  /** Of the payment it is about; null: of nothing that matters here. */
  readonly reference: string | null;
}

/**
 * Whoever moves the money. Never called inside a transaction of ours. Whatever rejects is away: it is asked again. Each
 * call asked twice moves money once.
 */
export interface PaymentGateway {
  /** Whether new orders may be paid that way. */
  accepts(method: string): boolean;
  /** What the payment will be called, where that is known without asking anybody; it is written with the order. */
  nameOf(charge: Pick<Charge, "orderId" | "method">): string | null;
  /** Gives the payment its name before any money moves, so that it can be given back whatever happens to us. */
  open(charge: Charge): Promise<string>;
  confirm(reference: string, charge: Charge): Promise<Outcome>;
  /** What has come of it, as the provider sees it now. */
  read(payment: { readonly method: string; readonly reference: string }): Promise<Outcome>;
  /** A notice of the provider, or null when it is not its own: not signed, changed, or too old. */
  readNotice(method: string, raw: string, signature: string): Notice | null;
  /** Nothing of this payment is to stay: not confirmed it never will be, confirmed it goes back. */
  release(payment: Omit<GivenBack, "amount">): Promise<void>;
  refund(refund: GivenBack): Promise<void>;
}

/** Moves nothing. For the demo shop and for tests: the token says what happens. */
export const testGateway: PaymentGateway = {
  accepts: (method) => method === "test",
  nameOf: ({ orderId }) => `test:${orderId}`,
  open: async ({ orderId }) => `test:${orderId}`,
  async confirm(_reference, { token }) {
    if (token === "slow") await pause(300);
    if (token === "away") throw new Error("the test gateway is away");
    if (token === "action") return { isApproved: false, action: { method: "test", client_secret: "test" } };
    return { isApproved: token !== "decline" };
  },
  read: async () => ({ isApproved: true }),
  readNotice: () => null,
  release: async () => {},
  refund: async () => {},
};

/** Each method by its own provider; those that are no longer accepted still give money back. Away: `payment_away`. */
export function gatewaysBy(
  gateways: Readonly<Record<string, PaymentGateway>>,
  accepted: readonly string[],
): PaymentGateway {
  const of = (method: string): PaymentGateway => {
    const gateway = gateways[method];
    if (!gateway) throw new TypeError(`no gateway is set up for ${method}`);
    return gateway;
  };
  return {
    accepts: (method) => accepted.includes(method),
    nameOf: (charge) => of(charge.method).nameOf(charge),
    open: (charge) => of(charge.method).open(charge).catch(tellAway),
    confirm: (reference, charge) => of(charge.method).confirm(reference, charge).catch(tellAway),
    read: (payment) => of(payment.method).read(payment).catch(tellAway),
    readNotice: (method, raw, signature) => gateways[method]?.readNotice(method, raw, signature) ?? null,
    release: (payment) => of(payment.method).release(payment),
    refund: (refund) => of(refund.method).refund(refund),
  };
}

function tellAway(cause: unknown): never {
  throw new AppError("payment_away", orderErrors.payment_away, undefined, [], cause);
}
