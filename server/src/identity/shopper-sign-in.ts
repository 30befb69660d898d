import { createHash, randomInt, timingSafeEqual } from "node:crypto";

import type { KilimEvent, NewEvent } from "../collect/index.ts";
import { newEvent } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, one, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { ACCESS_TOPIC } from "../platform/live-streams.ts";
import type { Secrets } from "../platform/secrets.ts";
import { refuseIdentity } from "./errors.ts";
import { normaliseEmail } from "./extract-identifiers.ts";
import { isSuppressed } from "./privacy/is-suppressed.ts";
import { builtInRules } from "./rules.ts";

const CODE_LIVES = { minutes: 10 } as const;
const RESEND_AFTER = { seconds: 30 } as const;
const SESSION_LIVES = { hours: 24 } as const;
const MOST_TRIES = 5;
const TOKEN_PURPOSE = "shopper-token";

export interface SignInDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Pick<Bus, "changed">;
  readonly secrets: Secrets;
  /** Mails the one-time code; resolves when the mail is safely queued. */
  readonly sendCode: (mail: { email: string; code: string; language: string }) => Promise<void>;
  /** Works events into State at once, in a transaction of their own; returns whom they are about. */
  readonly processNow: (events: readonly KilimEvent[]) => Promise<(string | null)[]>;
  /** Told once a person has proven herself on a device, before she has her token. */
  readonly onSignedIn: (who: { profileId: string; anonymousId: string }) => Promise<void>;
}

/** Mails a one-time code. The answer is the same whether the address is known or not. */
export async function startSignIn(deps: SignInDeps, given: string, language: string): Promise<void> {
  const email = normaliseEmail(given);
  if (email === null)
    throw refuseIdentity("invalid_email", undefined, [
      { path: "email", message: "an address such as jane@example.com" },
    ]);
  // Of a person who is not to be kept nothing is written down either; from outside it looks the same.
  if (await isSuppressed(deps.db, deps.secrets, { type: "email", value: email })) return;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const now = deps.clock.now();
  const stored = await sql`
    insert into identity.sign_in_codes as c (email, code_hash, created_at, expires_at)
    values (${email}, ${hashCode(email, code)}, ${now.toString()}, ${now.add(CODE_LIVES).toString()})
    on conflict (email) do update set code_hash = excluded.code_hash, tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at
    where c.created_at <= ${now.subtract(RESEND_AFTER).toString()}`.execute(deps.db);
  if (Number(stored.numAffectedRows ?? 0) === 0) throw refuseIdentity("too_many_codes");
  await deps.sendCode({ email, code, language });
}

export interface ShopperToken {
  readonly token: string;
  readonly expires_at: string;
  readonly profile_id: string;
}

export interface Proof {
  readonly email: string;
  readonly code: string;
  readonly anonymousId: string;
  readonly source: string;
}

/** Exchanges a code for a token bound to device and profile. The proven address joins the device's history to its person. */
export async function finishSignIn(deps: SignInDeps, proof: Proof): Promise<ShopperToken> {
  const email = normaliseEmail(proof.email);
  if (email === null || builtInRules.isBlocked(proof.anonymousId) || !(await useCode(deps, email, proof.code)))
    throw refuseIdentity("wrong_code");
  const event: NewEvent = {
    messageId: `sign-in:${newId(deps.clock)}`,
    source: proof.source,
    type: "identify",
    name: "Identify",
    anonymousId: proof.anonymousId,
    verified: true,
    channel: "web",
    traits: { email },
  };
  const [profileId] = await deps.processNow([newEvent(deps.clock, event)]);
  if (!profileId) throw refuseIdentity("wrong_code");
  const id = newId(deps.clock);
  const now = deps.clock.now();
  const expires = now.add(SESSION_LIVES);
  await sql`
    insert into identity.shopper_sessions (id, profile_id, anonymous_id, email, created_at, expires_at)
    values (${id}, ${profileId}, ${proof.anonymousId}, ${email}, ${now.toString()}, ${expires.toString()})`.execute(
    deps.db,
  );
  await deps.onSignedIn({ profileId, anonymousId: proof.anonymousId });
  return {
    token: `st_${id}.${deps.secrets.sign(TOKEN_PURPOSE, id)}`,
    expires_at: toMs(expires),
    profile_id: profileId,
  };
}

/** Uses a code up; five wrong tries end it. One statement decides, so that two requests cannot both win. */
async function useCode(deps: SignInDeps, email: string, code: string): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const found = await one(
      tx,
      sql<{
        code_hash: string;
        tries: number;
        expires_at: string;
      }>`select code_hash, tries, expires_at from identity.sign_in_codes where email = ${email} for update`,
    );
    if (!found || found.tries >= MOST_TRIES || Temporal.Instant.compare(found.expires_at, deps.clock.now()) <= 0)
      return false;
    const isRight = timingSafeEqual(Buffer.from(found.code_hash), Buffer.from(hashCode(email, code.trim())));
    if (isRight) await sql`delete from identity.sign_in_codes where email = ${email}`.execute(tx);
    else await sql`update identity.sign_in_codes set tries = tries + 1 where email = ${email}`.execute(tx);
    return isRight;
  });
}

export interface ShopperSession {
  readonly sessionId: string;
  readonly profileId: string;
  readonly anonymousId: string;
  readonly email: string;
}

/** The live session behind a token, or null. */
export async function readShopperToken(
  deps: Pick<SignInDeps, "db" | "clock" | "secrets">,
  token: string,
): Promise<ShopperSession | null> {
  const match = /^st_([0-9a-f-]{36})\.([A-Za-z0-9_-]{20,100})$/.exec(token);
  if (!match?.[1] || !match[2] || !deps.secrets.isSigned(TOKEN_PURPOSE, match[1], match[2])) return null;
  const found = await one(
    deps.db,
    sql<{ profile_id: string; anonymous_id: string; email: string }>`
      select profile_id, anonymous_id, email from identity.shopper_sessions
      where id = ${match[1]} and revoked_at is null and expires_at > ${deps.clock.now().toString()}`,
  );
  return found
    ? { sessionId: match[1], profileId: found.profile_id, anonymousId: found.anonymous_id, email: found.email }
    : null;
}

/** From here on the token opens nothing, and what it has opened closes. */
export async function revokeShopperSession(
  { db, clock, bus }: Pick<SignInDeps, "db" | "clock" | "bus">,
  sessionId: string,
): Promise<void> {
  await sql`update identity.shopper_sessions set revoked_at = ${clock.now().toString()} where id = ${sessionId} and revoked_at is null`.execute(
    db,
  );
  bus.changed(ACCESS_TOPIC, sessionId, ["ended"]);
}

function hashCode(email: string, code: string): string {
  return createHash("sha256").update(`${email}\0${code}`).digest("hex");
}

function toMs(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
