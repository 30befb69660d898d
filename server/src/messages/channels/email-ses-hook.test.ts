import { createSign, generateKeyPairSync } from "node:crypto";

import { expect, test } from "vitest";

import type { OutboundAnswer, OutboundRequest } from "../../platform/outbound/outbound.ts";
import { readSesHook } from "./email-ses-hook.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
/** Node verifies with a public key as with a certificate; only the marker is a certificate's. */
const PEM = `BEGIN CERTIFICATE is looked for\n${publicKey.export({ type: "spki", format: "pem" })}`;
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:kilim";
const CERT = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem";

const NOW = Temporal.Instant.from("2026-03-02T09:01:00Z");

const fetched: string[] = [];
const http = {
  async send({ url }: OutboundRequest): Promise<OutboundAnswer> {
    fetched.push(url);
    return { status: 200, headers: {}, body: Buffer.from(PEM), isCut: false };
  },
};

function sns(parts: Record<string, string>, signer = privateKey) {
  const message: Record<string, string> = {
    Type: "Notification",
    MessageId: "m-1",
    TopicArn: TOPIC,
    Timestamp: "2026-03-02T09:00:00.000Z",
    SignatureVersion: "2",
    SigningCertURL: CERT,
    ...parts,
  };
  const names =
    message.Type === "Notification"
      ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const text = names.flatMap((name) => (name in message ? [`${name}\n${message[name]}\n`] : [])).join("");
  const algorithm = message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
  const body = JSON.stringify({ Signature: createSign(algorithm).update(text).sign(signer, "base64"), ...message });
  return { method: "POST", url: "", headers: {}, query: {}, body: Buffer.from(body) };
}

const bounce = {
  eventType: "Bounce",
  mail: { messageId: "ses-1", tags: { kilim_id: ["01960000-0000-7000-8000-000000000001"] } },
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "jane@example.com", diagnosticCode: "smtp; 550 5.1.1 no such user" }],
    timestamp: "2026-03-02T09:00:00.000Z",
  },
};

test.each(["1", "2"])("STATUS-1 Amazon SES by SNS, signature version %s", async (SignatureVersion) => {
  const read = await readSesHook(sns({ Message: JSON.stringify(bounce), SignatureVersion }), TOPIC, http, NOW);
  expect(read?.news).toEqual([
    {
      kind: "bounced",
      isHard: true,
      message: { id: "01960000-0000-7000-8000-000000000001" },
      at: "2026-03-02T09:00:00Z",
      reason: "smtp; 550 5.1.1 no such user",
    },
  ]);
});

test("STATUS-1 feedback notifications without tags are found by SES's own id", async () => {
  const Message = JSON.stringify({ notificationType: "Delivery", mail: { messageId: "ses-1" }, delivery: {} });
  expect((await readSesHook(sns({ Message }), TOPIC, http, NOW))?.news).toEqual([
    { kind: "delivered", message: { providerId: "ses-1" }, at: null },
  ]);
});

test("STATUS-5 the subscription of our topic is confirmed, of another it is not", async () => {
  const confirm = (TopicArn: string, SubscribeURL: string) =>
    sns({ Type: "SubscriptionConfirmation", Message: "m", Token: "t", SubscribeURL, TopicArn });
  const url = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
  fetched.length = 0;
  expect(await readSesHook(confirm(`${TOPIC}2`, url), TOPIC, http, NOW)).toBeNull();
  await readSesHook(confirm(TOPIC, "https://evil.example/"), TOPIC, http, NOW);
  expect(fetched).toEqual([]);
  await readSesHook(confirm(TOPIC, url), TOPIC, http, NOW);
  expect(fetched).toEqual([url]);
});

test.each([
  ["another's key", () => sns({ Message: "{}" }, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)],
  [
    "a certificate from elsewhere",
    () => sns({ Message: "{}", SigningCertURL: "https://sns.evil.amazonaws.com.example/x.pem" }),
  ],
  [
    "a certificate that is no file of certificates",
    () => sns({ Message: "{}", SigningCertURL: CERT.replace(".pem", "") }),
  ],
  ["what SNS told more than a day ago", () => sns({ Message: "{}", Timestamp: "2026-03-01T06:00:00.000Z" })],
  ["what it will tell tomorrow", () => sns({ Message: "{}", Timestamp: "2026-03-03T09:00:00.000Z" })],
  ["what has no time", () => sns({ Message: "{}", Timestamp: "once" })],
  ["a changed text", () => sns({ Message: "{}", Signature: "AAAA" })],
])("STATUS-5 %s is not believed", async (_what, make) => {
  expect(await readSesHook(make(), TOPIC, http, NOW)).toBeNull();
});

test("STATUS-4 an opening by a privacy proxy or a scanner is a machine's", async () => {
  const opened = async (userAgent: string) => {
    const Message = JSON.stringify({ eventType: "Open", mail: bounce.mail, open: { userAgent } });
    return (await readSesHook(sns({ Message }), TOPIC, http, NOW))?.news[0];
  };
  expect(await opened("Mozilla/5.0")).toMatchObject({ kind: "opened", isMachine: true });
  expect(await opened("Mozilla/5.0 (X11; Linux) Firefox/140.0")).toMatchObject({ isMachine: false });
});

test("STATUS-8 what came within the day is believed, however often it is told again", async () => {
  const late = sns({ Message: JSON.stringify(bounce), Timestamp: "2026-03-01T10:00:00.000Z" });
  for (const _time of [1, 2]) expect((await readSesHook(late, TOPIC, http, NOW))?.news).toHaveLength(1);
});
