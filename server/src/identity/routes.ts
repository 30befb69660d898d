import { z } from "zod";

import { type Db, one, sql } from "../platform/db.ts";
import { refuse } from "../platform/errors.ts";
import type { App } from "../platform/http.ts";
import { device, type Principal } from "../platform/principal.ts";
import { finishSignIn, revokeShopperSession, type SignInDeps, startSignIn } from "./shopper-sign-in.ts";

const email = z.string().max(320);

export function identityRoutes(app: App, deps: SignInDeps): void {
  app.post(
    "/v1/shopper/sign-in",
    {
      config: { access: device },
      schema: {
        body: z.object({ email, language: z.string().max(10).default("en") }),
        response: { 202: z.object({ sent: z.literal(true) }) },
      },
    },
    async ({ body }, reply) => {
      await startSignIn(deps, body.email, body.language);
      return reply.code(202).send({ sent: true as const });
    },
  );
  app.post(
    "/v1/shopper/verify",
    {
      config: { access: device },
      schema: {
        body: z.object({ email, code: z.string().max(20), anonymous_id: z.string().min(1).max(500) }),
        response: { 200: z.object({ token: z.string(), expires_at: z.string(), profile_id: z.string() }) },
      },
    },
    ({ body, principal }) =>
      finishSignIn(deps, {
        email: body.email,
        code: body.code,
        anonymousId: body.anonymous_id,
        source: sourceOf(principal),
      }),
  );
  app.post(
    "/v1/shopper/sign-out",
    { config: { access: ["shopper"] }, schema: { response: { 200: z.object({ signed_out: z.literal(true) }) } } },
    async ({ principal }) => {
      if (principal.kind === "shopper") await revokeShopperSession(deps, principal.sessionId);
      return { signed_out: true as const };
    },
  );
}

function sourceOf(principal: Principal): string {
  if (principal.kind === "write" || principal.kind === "shopper") return principal.source;
  throw refuse("forbidden");
}

/** The address a shopper's session was proven with. */
export async function sessionEmail(db: Db, sessionId: string): Promise<string | null> {
  return (
    (await one(db, sql<{ email: string }>`select email from identity.shopper_sessions where id = ${sessionId}`))
      ?.email ?? null
  );
}
