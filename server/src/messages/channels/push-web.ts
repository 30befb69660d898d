import webPush from "web-push";
import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { removeDevice } from "../queries/devices.pg.ts";
import { adapter, lineOf, reasonOf } from "./adapter.ts";
import { ask, isYes, refusalOf } from "./ask.ts";
import { readDevice } from "./device-address.ts";

/** RFC 8030, 8291 and 8292: to whatever service a browser has named, encrypted for that browser alone. */
export const webPushes = adapter({
  channel: "push",
  provider: "web",
  title: "Web push",
  settings: z.strictObject({
    /** Ours, base64url; browsers subscribe with it. */
    public_key: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
    /** Whom a push service writes to when we do harm: `mailto:` or `https:`. */
    subject: z.string().regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/),
  }),
  secrets: ["private_key"],
  open(account, { http, db }) {
    const { public_key: publicKey, subject } = account.settings;
    const vapidDetails = { subject, publicKey, privateKey: account.secrets.private_key };
    return lineOf("push", {
      async send({ id, to, content }) {
        const device = readDevice(to);
        if (device?.kind !== "web" || !device.p256dh || !device.auth)
          return { kind: "permanent", reason: "not a browser" };
        const keys = { p256dh: device.p256dh, auth: device.auth };
        let request: ReturnType<typeof webPush.generateRequestDetails>;
        try {
          request = webPush.generateRequestDetails({ endpoint: device.token, keys }, toPayload(id, content), {
            vapidDetails,
            TTL: content.ttl,
            urgency: "normal",
            contentEncoding: "aes128gcm",
            ...(content.replaces === undefined ? {} : { topic: content.replaces }),
          });
        } catch (error) {
          // Keys that are none cannot be encrypted for.
          await removeDevice(db, device.token, null);
          return { kind: "permanent", reason: reasonOf(error), badAddress: true };
        }
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const answer = await ask(http, { method: "POST", url: request.endpoint, headers, body: request.body ?? "" });
        if (isYes(answer)) {
          const { location } = answer.headers;
          return { kind: "accepted", providerId: location ?? null };
        }
        if (answer.status !== 404 && answer.status !== 410) return refusalOf(answer);
        await removeDevice(db, device.token, null);
        return { kind: "permanent", reason: `${answer.status} the browser has unsubscribed`, badAddress: true };
      },
      check: async () => ({ ok: true, detail: "The keys are ours; each browser names its own service." }),
    });
  },
});

/** What the service worker shows. */
function toPayload(id: string, { title, body, image, url, actions, replaces }: ContentOf<"push">): string {
  return JSON.stringify({ id, title, body, image, url, actions, tag: replaces ?? id });
}
