import type { Money } from "../platform/money.ts";

export interface Charge {
  /** The same order is charged once, however often it is asked. */
  readonly orderId: string;
  readonly amount: Money;
  readonly method: string;
}

export type ChargeResult = { readonly approved: true; readonly reference: string } | { readonly approved: false };

/** Whoever moves the money. Never called inside a transaction of ours. */
export interface PaymentGateway {
  charge(charge: Charge): Promise<ChargeResult>;
  /** Gives back what was charged. Twice is once. */
  void(reference: string): Promise<void>;
}

/** Approves everything and moves nothing: for the demo shop and for tests. */
export const testGateway: PaymentGateway = {
  charge: async ({ orderId }) => ({ approved: true, reference: `test:${orderId}` }),
  void: async () => {},
};
