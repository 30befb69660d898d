import { createHash } from "node:crypto";

import type { FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "./clock.ts";
import { type Db, one, sql } from "./db.ts";
import { refuse } from "./errors.ts";
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
    idempotency?: { readonly scope: string; readonly key: string };
  }
}

export interface IdempotencyDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Answers may hold a new key or a person's data: they are kept sealed. */
  readonly secrets: Secrets;
}

export const IDEMPOTENCY_SEAL = "idempotency";

/** `Idempotency-Key`: the same key and body give the same answer for a day; the same key with another body is 409. */
export function honourIdempotency(app: App, { db, clock, secrets }: IdempotencyDeps): void {
  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (!request.routeOptions.config.idempotent || typeof key !== "string" || key === "") return;
    if (key.length > 200) throw refuse("invalid_request", "The Idempotency-Key is longer than 200 characters.");
    await claim({ db, clock, secrets }, request, reply, key);
    return reply.sent ? reply : undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    if (!request.idempotency) return;
    const { scope, key } = request.idempotency;
    if (reply.statusCode >= 500)
      await sql`delete from platform.idempotency where scope = ${scope} and key = ${key}`.execute(db);
    else {
      const text = secrets.seal(IDEMPOTENCY_SEAL, typeof payload === "string" ? payload : "");
      await sql`update platform.idempotency set status = ${reply.statusCode}, response = ${text} where scope = ${scope} and key = ${key}`.execute(
        db,
      );
    }
  });
}

async function claim(
  { db, clock, secrets }: IdempotencyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
): Promise<void> {
  const scope = `${request.method} ${request.routeOptions.url} ${callerOf(request)}`;
  const bodyHash = createHash("sha256")
    .update(JSON.stringify([request.params, request.body ?? null]))
    .digest("base64");
  const now = clock.now();
  await sql`delete from platform.idempotency where created_at < ${now.subtract(KEPT).toString()}`.execute(db);
  const claimed = await one(
    db,
    sql`
      insert into platform.idempotency as i (scope, key, body_hash, created_at) values (${scope}, ${key}, ${bodyHash}, ${now.toString()})
      on conflict (scope, key) do update set created_at = excluded.created_at
      where i.status is null and i.body_hash = excluded.body_hash and i.created_at < ${now.subtract(ABANDONED_AFTER).toString()}
      returning 1`,
  );
  if (claimed) {
    request.idempotency = { scope, key };
    return;
  }
  const kept = await one(
    db,
    sql<Kept>`select body_hash, status, response from platform.idempotency where scope = ${scope} and key = ${key}`,
  );
  if (!kept || kept.body_hash !== bodyHash) throw refuse("idempotency_conflict");
  if (kept.status === null) throw refuse("conflict", "The first call with this Idempotency-Key is still under way.");
  await reply
    .code(kept.status)
    .header("content-type", "application/json; charset=utf-8")
    .serializer(String)
    .send(secrets.unseal(IDEMPOTENCY_SEAL, kept.response ?? "") ?? "");
}

/** All shoppers share a write key: a device's own id tells them apart. */
function callerOf({ principal, headers }: Pick<FastifyRequest, "principal" | "headers">): string {
  if (principal.kind === "staff") return principal.userId;
  if (principal.kind === "shopper") return `${principal.keyId} ${principal.profileId}`;
  if (principal.kind === "write") return `${principal.keyId} ${headers["x-kilim-anonymous-id"] ?? ""}`;
  return principal.kind === "anonymous" ? "anonymous" : principal.keyId;
}
