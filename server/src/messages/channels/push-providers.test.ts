import { createECDH, createPublicKey, generateKeyPairSync, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { rows, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { createSecrets } from "../../platform/secrets.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { ContentOf } from "../content/kinds.ts";
import { saveDevice } from "../queries/devices.pg.ts";
import { ID, outgoing, type Provider, says, startProvider } from "../testing/provider.ts";
import { vapidKeys } from "./vapid.ts";

let provider: Provider;
let world: World;
beforeAll(async () => {
  world = await createWorld();
  provider = await startProvider({ db: world.db });
});
afterAll(async () => {
  provider.close();
  await world.close();
});
beforeEach(() => {
  provider.heard.length = 0;
});

const content: ContentOf<"push"> = {
  channel: "push",
  title: "Hazır",
  body: "Siparişiniz mağazada",
  url: "https://shop.example/orders/42",
  actions: [],
  replaces: "order-42",
  ttl: 3600,
};

/** The device is known to us, so that its end can be seen. */
async function device(kind: "web" | "fcm" | "apns", token: string, keys: object = {}) {
  const now = provider.clock.now().toString();
  await saveDevice(world.db, { id: newId(world.clock), profile_id: newId(world.clock), kind, token, keys, now });
  return outgoing(JSON.stringify({ kind, token, ...keys }), content);
}
const isKnown = async (token: string) =>
  (await rows(world.db, sql`select 1 from messages.devices where token = ${token}`)).length > 0;

test("ADAPT-2 web push: encrypted for the browser, signed by our own keys, which stay the same", async () => {
  const keys = vapidKeys(createSecrets(Buffer.alloc(32, 7)));
  expect(vapidKeys(createSecrets(Buffer.alloc(32, 7)))).toEqual(keys);
  const line = provider.open({
    channel: "push",
    provider: "web",
    settings: { public_key: keys.publicKey, subject: "mailto:a@kilim.test" },
    secrets: { private_key: keys.privateKey },
  });
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const subscription = { p256dh: browser.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") };
  const token = `${provider.url}/push/1`;
  provider.next(says(201, "", { location: "https://push.example/m/1" }), says(410, ""));
  const message = await device("web", token, subscription);
  expect(await line.send([message])).toEqual([{ kind: "accepted", providerId: "https://push.example/m/1" }]);
  const { headers, body } = provider.heard[0] ?? { headers: {} as IncomingHttpHeaders, body: "" };
  expect([headers.ttl, headers.topic, headers["content-encoding"]]).toEqual(["3600", "order-42", "aes128gcm"]);
  expect(body).not.toContain("Hazır");
  const [, jwt = "", k = ""] = /^vapid t=(\S+), ?k=(\S+)$/.exec(headers.authorization ?? "") ?? [];
  expect(k).toBe(keys.publicKey);
  const [x, y] = [Buffer.from(k, "base64url").subarray(1, 33), Buffer.from(k, "base64url").subarray(33)];
  const jwk = { kty: "EC", crv: "P-256", x: x.toString("base64url"), y: y.toString("base64url") };
  const [head, claims, signature = ""] = jwt.split(".");
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" as const };
  expect(verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  expect(await line.send([message])).toMatchObject([{ kind: "permanent", badAddress: true }]);
  expect(await isKnown(token)).toBe(false);
});

test("ADAPT-2 FCM HTTP v1: one OAuth token for many messages; an app that is gone is forgotten", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const service = {
    client_email: "kilim@project.iam",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    token_uri: `${provider.url}/token`,
  };
  const line = provider.open({
    channel: "push",
    provider: "fcm",
    settings: { project_id: "dokuma-app" },
    secrets: { service_account: JSON.stringify(service) },
  });
  provider.answer = (response, { path }) =>
    path === "/token"
      ? says(200, { access_token: "ya29.x", expires_in: 3600, token_type: "Bearer" })(response, { path } as never)
      : says(200, { name: "projects/dokuma-app/messages/1" })(response, { path } as never);
  const message = await device("fcm", "registration-token-1");
  expect(await line.send([message, message])).toEqual(
    Array(2).fill({ kind: "accepted", providerId: "projects/dokuma-app/messages/1" }),
  );
  expect(provider.heard.map(({ path }) => path).sort()).toEqual([
    "/token",
    "/v1/projects/dokuma-app/messages:send",
    "/v1/projects/dokuma-app/messages:send",
  ]);
  const sent = provider.heard.find(({ path }) => path !== "/token");
  expect(sent?.headers.authorization).toBe("Bearer ya29.x");
  expect(JSON.parse(sent?.body ?? "")).toMatchObject({
    message: {
      token: "registration-token-1",
      notification: { title: "Hazır", body: "Siparişiniz mağazada" },
      data: { kilim_id: ID, url: "https://shop.example/orders/42" },
      android: { ttl: "3600s", collapse_key: "order-42" },
    },
  });
  const problem = (status: string, errorCode: string) => ({
    error: { message: "m", status, details: [{ errorCode }] },
  });
  provider.next(says(503, problem("UNAVAILABLE", "UNAVAILABLE")), says(404, problem("NOT_FOUND", "UNREGISTERED")));
  expect(await line.send([message])).toMatchObject([{ kind: "transient" }]);
  expect(await isKnown("registration-token-1")).toBe(true);
  expect(await line.send([message])).toMatchObject([{ kind: "permanent", badAddress: true }]);
  expect(await isKnown("registration-token-1")).toBe(false);
});

test("ADAPT-2 APNs: HTTP/2, a token of our key, our id as theirs", async () => {
  const asked: { headers: IncomingHttpHeaders; body: string }[] = [];
  const answers: [number, string][] = [
    [200, ""],
    [410, "Unregistered"],
    [429, "TooManyRequests"],
    [403, "ExpiredProviderToken"],
  ];
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    let body = "";
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => {
      body += part;
    });
    stream.on("end", () => {
      asked.push({ headers, body });
      const [status = 500, reason = ""] = answers.shift() ?? [];
      stream.respond({ ":status": status });
      stream.end(reason === "" ? "" : JSON.stringify({ reason }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const line = provider.open({
    channel: "push",
    provider: "apns",
    settings: { team_id: "TEAM123456", key_id: "KEY1234567", topic: "com.dokuma.app" },
    secrets: { private_key: String(privateKey.export({ type: "pkcs8", format: "pem" })) },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  const message = await device("apns", "a1b2c3d4");
  const outcomes = [];
  for (let i = 0; i < 4; i++) outcomes.push(...(await line.send([message])));
  expect(outcomes).toMatchObject([
    { kind: "accepted", providerId: ID },
    { kind: "permanent", badAddress: true },
    { kind: "transient" },
    { kind: "transient" },
  ]);
  const { headers, body } = asked[0] ?? { headers: {}, body: "" };
  expect(headers).toMatchObject({
    ":path": "/3/device/a1b2c3d4",
    "apns-id": ID,
    "apns-topic": "com.dokuma.app",
    "apns-push-type": "alert",
    "apns-collapse-id": "order-42",
    authorization: expect.stringMatching(/^bearer ey/),
  });
  expect(new Set(asked.map((one) => one.headers.authorization)).size).toBe(1);
  expect(JSON.parse(body)).toMatchObject({ aps: { alert: { title: "Hazır" } }, kilim_id: ID });
  expect(await isKnown("a1b2c3d4")).toBe(false);
  line.close();
  server.close();
});
