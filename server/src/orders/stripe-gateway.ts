import { createHmac, timingSafeEqual } from "node:crypto";

import { z } from "zod";

import type { Clock } from "../platform/clock.ts";
import type { Money } from "../platform/money.ts";
import type { Charge, GivenBack, Notice, Outcome, PaymentGateway } from "./payment-gateway.ts";

const intent = z.object({
  id: z.string(),
  status: z.string(),
  client_secret: z.string().nullish(),
  last_payment_error: z.unknown().optional(),
});
const notice = z.object({
  id: z.string(),
  data: z.object({ object: z.object({ id: z.string(), object: z.string() }) }),
});
const failure = z.object({ error: z.object({ type: z.string(), code: z.string().optional() }) });

export interface StripeSettings {
  readonly secretKey: string;
  readonly url?: string;
  /** Of the address that Stripe tells its news to. Without it none is believed. */
  readonly webhookSecret?: string | null;
  readonly clock: Clock;
}

const PATIENCE_MS = 20_000;
const ENDED = new Set(["payment_intent_unexpected_state", "charge_already_refunded"]);

/** Payments by Stripe: one payment intent per order, confirmed with what Stripe's own form gave for the card. */
export function stripeGateway(settings: StripeSettings): PaymentGateway {
  const { secretKey, url = "https://api.stripe.com" } = settings;
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

  const read = async (reference: string) => intent.parse((await ask(`payment_intents/${reference}`, {}, null)).body);

  async function refund(reference: string, amount: Money | null, key: string): Promise<void> {
    const fields = { payment_intent: reference, ...(amount ? { amount: String(amount.amount) } : {}) };
    const { refused } = await ask("refunds", fields, key);
    if (refused !== null && !ENDED.has(refused)) throw new Error(`Stripe refuses the refund: ${refused}`);
  }

  return {
    accepts: (method) => method === "stripe",
    nameOf: () => null,
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
      // Told again after a step of the buyer's, the answer under our key would be the one from before it.
      const now = await read(reference);
      if (now.status !== "requires_payment_method" && now.status !== "requires_confirmation") return outcomeOf(now);
      const fields = { payment_method: token ?? "" };
      const { body, refused } = await ask(`payment_intents/${reference}/confirm`, fields, `confirm-${orderId}`);
      // Confirmed before, or cancelled meanwhile: the intent itself knows.
      return outcomeOf(refused === null ? intent.parse(body) : await read(reference));
    },
    async read({ reference }) {
      const now = await read(reference);
      const isUntried = now.status === "requires_payment_method" && !now.last_payment_error;
      return isUntried || now.status === "requires_confirmation" ? { isApproved: false, isOpen: true } : outcomeOf(now);
    },
    readNotice: (_method, raw, signature) => readNotice(settings, raw, signature),
    async release({ reference, key }) {
      const { refused } = await ask(`payment_intents/${reference}/cancel`, {}, `cancel-${key}`);
      if (refused !== null && (await read(reference)).status === "succeeded") await refund(reference, null, key);
    },
    refund: ({ reference, amount, key }: GivenBack) => refund(reference, amount, key),
  };
}

function outcomeOf({ status, client_secret }: z.infer<typeof intent>): Outcome {
  if (status === "processing") return { isApproved: false, isOpen: true };
  if (status === "requires_action" && client_secret) {
    return { isApproved: false, action: { method: "stripe", client_secret } };
  }
  return { isApproved: status === "succeeded" };
}

/** Older notices are refused: nobody plays them back. Stripe signs each try anew. */
const OLDEST_S = 300;

/** `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 over time, dot and body as it came; while a secret is renewed, several. */
function readNotice({ webhookSecret, clock }: StripeSettings, raw: string, header: string): Notice | null {
  if (!webhookSecret) return null;
  const parts = header.split(",").map((part) => part.trim().split("=") as [string, string?]);
  const at = parts.find(([name]) => name === "t")?.[1] ?? "";
  const age = Math.abs(clock.now().epochMilliseconds / 1000 - Number(at));
  if (!/^\d{1,12}$/.test(at) || age > OLDEST_S) return null;
  const expected = createHmac("sha256", webhookSecret).update(`${at}.${raw}`).digest();
  const isOurs = parts.some(([name, value = ""]) => {
    const given = Buffer.from(value, "hex");
    return name === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOurs) return null;
  const read = notice.safeParse(parseJson(raw));
  if (!read.success) return null;
  const { id, object } = read.data.data.object;
  return { id: read.data.id, reference: object === "payment_intent" ? id : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
