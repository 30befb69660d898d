import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createSecrets } from "../secrets.ts";
import { signedHeaders } from "./standard-webhook.ts";
import { newSecret, sealSecret, signingKey } from "./webhook-secret.ts";

const secrets = createSecrets(Buffer.alloc(32, 1));
const keyOf = (secret: string) => signingKey(secrets, sealSecret(secrets, secret));
const body = '{"type":"ping","data":{"name":"Ayşe ✓"}}';

test("HOOK-4 the library of Standard Webhooks takes our signature, and no other text, id or time under it", () => {
  const secret = newSecret();
  const receiver = new Webhook(secret);
  const headers = signedHeaders("msg-1", Temporal.Now.instant(), body, [keyOf(secret)]);
  expect(receiver.verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => receiver.verify(`${body} `, headers)).toThrow();
  expect(() => receiver.verify(body, { ...headers, "webhook-id": "msg-2" })).toThrow();
  expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
  const old = signedHeaders("msg-1", Temporal.Now.instant().subtract({ minutes: 6 }), body, [keyOf(secret)]);
  expect(() => receiver.verify(body, old)).toThrow();
});

test("HOOK-4 with two secrets a receiver of either takes the message", () => {
  const [fresh, old] = [newSecret(), newSecret()];
  const headers = signedHeaders("msg-1", Temporal.Now.instant(), body, [fresh, old].map(keyOf));
  for (const secret of [fresh, old]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy();
});
