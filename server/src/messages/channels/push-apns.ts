import { type ClientHttp2Session, connect } from "node:http2";

import { z } from "zod";

import { OutboundError } from "../../platform/outbound/problems.ts";
import type { ContentOf } from "../content/kinds.ts";
import { removeDevice } from "../queries/devices.pg.ts";
import { adapter, lineOf, type Outcome, reasonOf, type Tools } from "./adapter.ts";
import { parseJson } from "./ask.ts";
import { readDevice } from "./device-address.ts";
import { signJwt } from "./jwt.ts";

/** https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export const apns = adapter({
  channel: "push",
  provider: "apns",
  title: "Apple Push Notification service",
  settings: z.strictObject({
    team_id: z.string().regex(/^[A-Z0-9]{10}$/),
    key_id: z.string().regex(/^[A-Z0-9]{10}$/),
    /** The app's bundle id. */
    topic: z.string().regex(/^[A-Za-z0-9.-]{1,155}$/),
    environment: z.enum(["production", "sandbox"]).default("production"),
  }),
  /** The `.p8` file. */
  secrets: ["private_key"],
  open(account, tools) {
    const { team_id, key_id, topic, environment } = account.settings;
    const host = environment === "sandbox" ? "api.sandbox.push.apple.com" : "api.push.apple.com";
    const connection = keptSession(account.endpoint ?? `https://${host}`, tools.http);
    const token = apnsToken({ team_id, key_id, pem: account.secrets.private_key }, tools.clock);
    return lineOf("push", {
      async send({ id, to, content }) {
        const device = readDevice(to);
        if (device?.kind !== "apns") return { kind: "permanent", reason: "not an Apple device" };
        const expires = Math.floor(tools.clock.now().epochMilliseconds / 1000) + content.ttl;
        const headers = {
          ":method": "POST",
          ":path": `/3/device/${encodeURIComponent(device.token)}`,
          authorization: `bearer ${token()}`,
          "apns-id": id,
          "apns-topic": topic,
          "apns-push-type": "alert",
          "apns-expiration": String(expires),
          ...(content.replaces === undefined ? {} : { "apns-collapse-id": content.replaces }),
        };
        const answer = await exchange(await connection.open(), headers, toPayload(id, content));
        return await outcomeOf(answer, id, device.token, tools);
      },
      async check() {
        try {
          token();
          await connection.open();
          return { ok: true, detail: "Apple answers, and the key can sign." };
        } catch (error) {
          return { ok: false, detail: reasonOf(error) };
        }
      },
      close: () => connection.close(),
    });
  },
});

function toPayload(id: string, { title, body, image, url }: ContentOf<"push">): string {
  return JSON.stringify({
    aps: { alert: { title, body }, sound: "default", "mutable-content": 1 },
    kilim_id: id,
    url,
    image,
  });
}

interface Http2Answer {
  readonly status: number;
  readonly text: string;
}

const BAD_DEVICE = new Set(["BadDeviceToken", "Unregistered", "DeviceTokenNotForTopic", "ExpiredToken"]);

async function outcomeOf(answer: Http2Answer, id: string, token: string, { db }: Pick<Tools, "db">): Promise<Outcome> {
  if (answer.status === 200) return { kind: "accepted", providerId: id };
  const said = z.object({ reason: z.string() }).safeParse(parseJson(answer.text));
  const words = said.success ? said.data.reason : "";
  const reason = reasonOf(`${answer.status} ${words}`);
  if (answer.status === 410 || BAD_DEVICE.has(words)) {
    await removeDevice(db, token, null);
    return { kind: "permanent", reason, badAddress: true };
  }
  // Too many for one device is that device's affair; too many new tokens is ours.
  if (answer.status === 429)
    return words === "TooManyRequests"
      ? { kind: "transient", reason }
      : { kind: "limited", reason, retryAfterMs: null };
  if (answer.status === 403 || answer.status >= 500 || answer.status === 0) return { kind: "transient", reason };
  return { kind: "permanent", reason };
}

const TOKEN_LASTS_MS = 40 * 60_000;

/** Apple refuses a token older than an hour, and one renewed more often than every 20 minutes. */
function apnsToken({ team_id, key_id, pem }: { team_id: string; key_id: string; pem: string }, clock: Tools["clock"]) {
  let held: { readonly token: string; readonly until: number } | null = null;
  return (): string => {
    const now = clock.now().epochMilliseconds;
    if (held === null || now >= held.until) {
      const claims = { iss: team_id, iat: Math.floor(now / 1000) };
      held = { token: signJwt("ES256", pem, claims, { kid: key_id }), until: now + TOKEN_LASTS_MS };
    }
    return held.token;
  };
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;

/** One connection for all messages, opened anew when it has ended. */
function keptSession(url: string, http: Tools["http"]) {
  let session: ClientHttp2Session | null = null;
  const open = async (): Promise<ClientHttp2Session> => {
    if (session !== null && !session.closed && !session.destroyed) return session;
    const problem = await http.check(url);
    if (problem !== null) throw new OutboundError(problem);
    const fresh = connect(url);
    session = fresh;
    fresh.on("error", () => fresh.destroy());
    fresh.on("goaway", () => fresh.close());
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new OutboundError("timed_out")), CONNECT_MS);
      fresh.once("connect", () => resolve());
      fresh.once("close", () => reject(new OutboundError("no_connection")));
      fresh.once("connect", () => clearTimeout(timer));
    });
    fresh.unref();
    return fresh;
  };
  return { open, close: () => session?.destroy() };
}

function exchange(session: ClientHttp2Session, headers: Record<string, string>, body: string): Promise<Http2Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    let status = 0;
    let text = "";
    stream.setEncoding("utf8");
    stream.setTimeout(ANSWER_MS, () => stream.destroy(new OutboundError("timed_out")));
    stream.once("response", (given) => {
      status = Number(given[":status"]);
    });
    stream.on("data", (part: string) => {
      text += part;
    });
    stream.once("error", reject);
    stream.once("close", () => (status === 0 ? reject(new OutboundError("broken_off")) : resolve({ status, text })));
    stream.end(body);
  });
}
