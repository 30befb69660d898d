import { setTimeout as pause } from "node:timers/promises";

import type { Money } from "../platform/money.ts";

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

/**
 * Whoever moves the money. Never called inside a transaction of ours. Whatever rejects is away: it is asked again. Each
 * call asked twice moves money once.
 */
export interface PaymentGateway {
  /** Whether new orders may be paid that way. */
  accepts(method: string): boolean;
  /** Gives the payment its name before any money moves, so that it can be given back whatever happens to us. */
  open(charge: Charge): Promise<string>;
  confirm(reference: string, charge: Charge): Promise<{ readonly isApproved: boolean }>;
  /** Nothing of this payment is to stay: not confirmed it never will be, confirmed it goes back. */
  release(payment: Omit<GivenBack, "amount">): Promise<void>;
  refund(refund: GivenBack): Promise<void>;
}

/** Moves nothing. For the demo shop and for tests: the token says what happens. */
export const testGateway: PaymentGateway = {
  accepts: (method) => method === "test",
  open: async ({ orderId }) => `test:${orderId}`,
  async confirm(_reference, { token }) {
    if (token === "slow") await pause(300);
    if (token === "away") throw new Error("the test gateway is away");
    return { isApproved: token !== "decline" };
  },
  release: async () => {},
  refund: async () => {},
};

/** Each method by its own provider; those that are no longer accepted still give money back. */
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
    open: (charge) => of(charge.method).open(charge),
    confirm: (reference, charge) => of(charge.method).confirm(reference, charge),
    release: (payment) => of(payment.method).release(payment),
    refund: (refund) => of(refund.method).refund(refund),
  };
}
