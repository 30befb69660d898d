import { createHmac } from "node:crypto";

/** The headers of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks. `at` is the try's moment. */
export function signedHeaders(
  id: string,
  at: Temporal.Instant,
  body: string,
  keys: readonly Buffer[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000));
  const signatures = keys.map(
    (key) => `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    // A receiver takes the message when any of them is right.
    "webhook-signature": signatures.join(" "),
  };
}
