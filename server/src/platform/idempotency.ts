import { createHash } from "node:crypto";

import type { FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "./clock.ts";
import { type Db, list, one, onOneConnection, rows, sql } from "./db.ts";
import { refuse } from "./errors.ts";
import { Gather } from "./gather.ts";
import type { App } from "./http.ts";
import type { Secrets } from "./secrets.ts";

const KEPT = { hours: 24 } as const;
/** A call that died before it answered holds its key this long. */
const ABANDONED_AFTER = { minutes: 1 } as const;

interface Kept {
  readonly body_hash: string;
  readonly status: number | null;
  readonly response: string | null;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The claimed row of an idempotent call under way. */
    idempotency?: Claim;
  }
}

export interface IdempotencyDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Answers may hold a new key or a person's data: they are kept sealed. */
  readonly secrets: Secrets;
}

export const IDEMPOTENCY_SEAL = "idempotency";

/** Calls that come at the same time are noted together: each commit costs more than a call. */
const TOGETHER = { most: 100, atOnce: 2 };

/** `Idempotency-Key`: the same key and body give the same answer for a day; the same key with another body is 409. */
export function honourIdempotency(app: App, deps: IdempotencyDeps): void {
  const { db, clock, secrets } = deps;
  const claims = new Gather<Claim, boolean>((asked) => claimAll(db, clock, asked), TOGETHER);
  const answers = new Gather<Answered, undefined>((given) => keepAll(db, given), TOGETHER);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (!request.routeOptions.config.idempotent || typeof key !== "string" || key === "") return;
    if (key.length > 200) throw refuse("invalid_request", "The Idempotency-Key is longer than 200 characters.");
    const claim = claimOf(request, key);
    if (await claims.ask(claim)) request.idempotency = claim;
    else await answerAgain(deps, reply, claim);
    return reply.sent ? reply : undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    if (!request.idempotency) return;
    const { scope, key } = request.idempotency;
    if (reply.statusCode >= 500)
      await sql`delete from platform.idempotency where scope = ${scope} and key = ${key}`.execute(db);
    else {
      const response = secrets.seal(IDEMPOTENCY_SEAL, typeof payload === "string" ? payload : "");
      await answers.ask({ scope, key, status: reply.statusCode, response });
    }
  });
}

interface Claim {
  readonly scope: string;
  readonly key: string;
  readonly bodyHash: string;
}

/**
 * An id that is the same whenever this call is made again under its key with its body, also when the first answer and
 * our memory of it were lost with the line; undefined without a key. A UUIDv8 (RFC 9562, 5.8).
 */
export function idOfCall({ idempotency }: Pick<FastifyRequest, "idempotency">): string | undefined {
  if (!idempotency) return undefined;
  const { scope, key, bodyHash } = idempotency;
  const hex = createHash("sha256")
    .update(JSON.stringify([scope, key, bodyHash]))
    .digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

function claimOf(request: FastifyRequest, key: string): Claim {
  const scope = `${request.method} ${request.routeOptions.url} ${callerOf(request)}`;
  const bodyHash = createHash("sha256")
    .update(JSON.stringify([request.params, request.body ?? null]))
    .digest("base64");
  return { scope, key, bodyHash };
}

/** Which of these calls are the first under their keys. Two of one key at once are refused by the statement: each is then asked alone. */
async function claimAll(db: Db, clock: Clock, claims: readonly Claim[]): Promise<boolean[]> {
  const now = clock.now();
  const abandoned = now.subtract(ABANDONED_AFTER).toString();
  const of = (name: keyof Claim) =>
    list(
      "text",
      claims.map((claim) => claim[name]),
    );
  const [, claimed] = await onOneConnection(db, (connection) =>
    Promise.all([
      sql`delete from platform.idempotency where created_at < ${now.subtract(KEPT).toString()}`.execute(connection),
      rows(
        connection,
        sql<Pick<Claim, "scope" | "key">>`
          insert into platform.idempotency as i (scope, key, body_hash, created_at)
          select scope, key, body_hash, ${now.toString()}
          from unnest(${of("scope")}, ${of("key")}, ${of("bodyHash")}) as c (scope, key, body_hash)
          on conflict (scope, key) do update set created_at = excluded.created_at
          where i.status is null and i.body_hash = excluded.body_hash and i.created_at < ${abandoned}
          returning scope, key`,
      ),
    ]),
  );
  return claims.map(({ scope, key }) => claimed.some((row) => row.scope === scope && row.key === key));
}

interface Answered {
  readonly scope: string;
  readonly key: string;
  readonly status: number;
  readonly response: string;
}

async function keepAll(db: Db, answers: readonly Answered[]): Promise<undefined[]> {
  const of = (type: "text" | "int4", name: keyof Answered) =>
    list(
      type,
      answers.map((answer) => answer[name]),
    );
  await sql`
    update platform.idempotency i set status = a.status, response = a.response
    from unnest(${of("text", "scope")}, ${of("text", "key")}, ${of("int4", "status")}, ${of("text", "response")})
      as a (scope, key, status, response)
    where i.scope = a.scope and i.key = a.key`.execute(db);
  return answers.map(() => undefined);
}

async function answerAgain({ db, secrets }: IdempotencyDeps, reply: FastifyReply, claim: Claim): Promise<void> {
  const { scope, key, bodyHash } = claim;
  const kept = await one(
    db,
    sql<Kept>`select body_hash, status, response from platform.idempotency where scope = ${scope} and key = ${key}`,
  );
  if (!kept || kept.body_hash !== bodyHash) throw refuse("idempotency_conflict");
  if (kept.status === null) throw refuse("conflict", "The first call with this Idempotency-Key is still under way.");
  const answer = secrets.unseal(IDEMPOTENCY_SEAL, kept.response ?? "");
  // Its key was taken away within the day: nothing is done twice, and an empty answer would be a lie.
  if (answer === null)
    throw refuse("conflict", "The answer kept under this Idempotency-Key cannot be opened any more.");
  await reply
    .code(kept.status)
    .header("content-type", "application/json; charset=utf-8")
    .serializer(String)
    .send(answer);
}

/** All shoppers share a write key: a device's own id tells them apart. */
function callerOf({ principal, headers }: Pick<FastifyRequest, "principal" | "headers">): string {
  if (principal.kind === "staff") return principal.userId;
  if (principal.kind === "shopper") return `${principal.keyId} ${principal.profileId}`;
  if (principal.kind === "write") return `${principal.keyId} ${headers["x-kilim-anonymous-id"] ?? ""}`;
  return principal.kind === "anonymous" ? "anonymous" : principal.keyId;
}
