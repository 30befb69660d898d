import { createHmac, timingSafeEqual } from "node:crypto";

/** Compares in constant time, also texts of different lengths. */
export function isSame(given: string | Buffer | undefined, expected: string | Buffer): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function hmac(algorithm: "sha1" | "sha256", key: string | Buffer, text: string | Buffer): Buffer {
  return createHmac(algorithm, key).update(text).digest();
}

/** Standard Webhooks, as Svix signs (`svix-` or `webhook-` headers): one of the signatures must be right and fresh. */
export function isStandardSigned(
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  secret: string,
  now: Temporal.Instant,
): boolean {
  const of = (name: string) => headers[`svix-${name}`] ?? headers[`webhook-${name}`];
  const [id, timestamp, signatures] = [of("id"), of("timestamp"), of("signature")];
  if (!id || !signatures || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.epochMilliseconds / 1000 - Number(timestamp)) > FRESH_SECONDS) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = hmac("sha256", key, Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])).toString("base64");
  return signatures.split(" ").some((one) => one.startsWith("v1,") && isSame(one.slice(3), expected));
}

const FRESH_SECONDS = 300;
/** Providers that tell again what we could not take do so for a day, some under the first signature. */
export const BELIEVED = { hours: 26 } as const;

/** Whether a signature of that second is still believed. */
export function isFresh(seconds: number, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds / 1000 - seconds;
  return age < BELIEVED.hours * 3600 && age > -FRESH_SECONDS;
}

/** HTTP Basic, as `user:password` in the hook's address makes providers send it. */
export function isBasic(header: string | undefined, user: string, password: string): boolean {
  return isSame(header, `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);
}
