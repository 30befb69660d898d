import { z } from "zod";

import type { Money } from "../platform/money.ts";
import type { Charge, GivenBack, PaymentGateway } from "./payment-gateway.ts";

const intent = z.object({ id: z.string(), status: z.string() });
const failure = z.object({ error: z.object({ type: z.string(), code: z.string().optional() }) });

export interface StripeSettings {
  readonly secretKey: string;
  readonly url?: string;
}

const PATIENCE_MS = 20_000;
const ENDED = new Set(["payment_intent_unexpected_state", "charge_already_refunded"]);

/** Payments by Stripe: one payment intent per order, confirmed with what Stripe's own form gave for the card. */
export function stripeGateway({ secretKey, url = "https://api.stripe.com" }: StripeSettings): PaymentGateway {
  /** The answer, or the code of what Stripe refuses; away and busy reject. */
  async function ask(path: string, fields: Record<string, string>, key: string | null) {
    const response = await fetch(`${url}/v1/${path}`, {
      method: key === null ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${secretKey}`,
        "content-type": "application/x-www-form-urlencoded",
        "stripe-version": "2024-06-20",
        ...(key === null ? {} : { "idempotency-key": key }),
      },
      ...(key === null ? {} : { body: new URLSearchParams(fields).toString() }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body: unknown = await response.json();
    if (response.ok) return { body, refused: null };
    const read = failure.safeParse(body);
    const isFinal = response.status === 402 || response.status === 400 || response.status === 404;
    if (!isFinal || !read.success) throw new Error(`Stripe answered ${response.status}`);
    return { body, refused: read.data.error.code ?? read.data.error.type };
  }

  const statusOf = async (reference: string) =>
    intent.parse((await ask(`payment_intents/${reference}`, {}, null)).body).status;

  async function refund(reference: string, amount: Money | null, key: string): Promise<void> {
    const fields = { payment_intent: reference, ...(amount ? { amount: String(amount.amount) } : {}) };
    const { refused } = await ask("refunds", fields, key);
    if (refused !== null && !ENDED.has(refused)) throw new Error(`Stripe refuses the refund: ${refused}`);
  }

  return {
    accepts: (method) => method === "stripe",
    async open({ orderId, amount }: Charge) {
      const { body, refused } = await ask(
        "payment_intents",
        {
          amount: String(amount.amount),
          currency: amount.currency.toLowerCase(),
          "automatic_payment_methods[enabled]": "true",
          "automatic_payment_methods[allow_redirects]": "never",
          "metadata[order_id]": orderId,
        },
        `open-${orderId}`,
      );
      if (refused !== null) throw new Error(`Stripe refuses to open a payment: ${refused}`);
      return intent.parse(body).id;
    },
    async confirm(reference, { orderId, token }) {
      const fields = { payment_method: token ?? "" };
      const { body, refused } = await ask(`payment_intents/${reference}/confirm`, fields, `confirm-${orderId}`);
      // Confirmed before, or cancelled meanwhile: the intent itself knows.
      const status = refused === null ? intent.parse(body).status : await statusOf(reference);
      if (status === "processing") throw new Error("Stripe is still at work");
      return { isApproved: status === "succeeded" };
    },
    async release({ reference, key }) {
      const { refused } = await ask(`payment_intents/${reference}/cancel`, {}, `cancel-${key}`);
      if (refused !== null && (await statusOf(reference)) === "succeeded") await refund(reference, null, key);
    },
    refund: ({ reference, amount, key }: GivenBack) => refund(reference, amount, key),
  };
}
