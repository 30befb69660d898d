import { z } from "zod";

import { signedHeaders } from "../../platform/outbound/standard-webhook.ts";
import { adapter, lineOf } from "./adapter.ts";
import { ask, isYes, refusalOf } from "./ask.ts";

/** A call to a system of the retailer's own, signed as in Standard Webhooks; the message's id is the call's. */
export const webhook = adapter({
  channel: "webhook",
  provider: "http",
  title: "Webhook",
  settings: z.strictObject({}),
  /** `whsec_` and at least 24 bytes in base64. */
  secrets: ["signing_secret"],
  open(account, { http, clock }) {
    const key = Buffer.from(account.secrets.signing_secret.replace(/^whsec_/, ""), "base64");
    return lineOf("webhook", {
      async send({ id, content }) {
        const { url, method, body } = content;
        const headers = {
          ...content.headers,
          "content-type": "application/json",
          ...signedHeaders(id, clock.now(), body, [key]),
        };
        const answer = await ask(http, { method, url, headers, body });
        if (isYes(answer)) return { kind: "accepted", providerId: id };
        return answer.status === 410 ? { kind: "permanent", reason: "410 gone" } : refusalOf(answer);
      },
      check: async () =>
        key.length >= 24
          ? { ok: true, detail: "Each webhook has an address of its own; the secret can sign." }
          : { ok: false, detail: "The secret is shorter than 24 bytes." },
    });
  },
});
