import { type BetterAuthOptions, betterAuth } from "better-auth";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

import { type DbOptions, outliveCuts } from "./db.ts";
import type { Principal } from "./principal.ts";

/** The account that a demo start makes; Kilim listens on the loopback only while it exists. */
export const DEMO_EMAIL = "demo@kilim.localhost";

export interface StaffAuth {
  /** Answers everything below `/v1/auth/`. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /** `isFresh` asks the database, whatever the cookie says. */
  principalOf(
    request: Pick<FastifyRequest, "headers">,
    options?: { readonly isFresh?: boolean },
  ): Promise<Extract<Principal, { kind: "staff" }> | null>;
  hasUsers(): Promise<boolean>;
  hasUser(email: string): Promise<boolean>;
  createUser(user: { email: string; name: string; password: string }): Promise<void>;
  close(): Promise<void>;
}

export interface StaffAuthOptions {
  readonly postgres: DbOptions;
  /** Signs the cookies. */
  readonly secret: string;
  readonly publicUrl: string;
}

const SESSION_SECONDS = 7 * 24 * 3600;
/** How long a cookie is believed without a look at the database; signing out elsewhere takes this long to be felt. */
const COOKIE_CACHE_SECONDS = 60;
const SIGN_UP = "/v1/auth/sign-up/email";

/** Sign-in of staff by e-mail and password (better-auth), on its own small pool with PostgreSQL's usual types. */
export function createStaffAuth(options: StaffAuthOptions): StaffAuth {
  const pool = new pg.Pool({ ...options.postgres, max: 3 });
  outliveCuts(pool);
  pool.on("error", () => {
    // An idle connection was cut; the pool opens another when asked.
  });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) }).withSchema("auth");
  const settings = {
    database: { db, type: "postgres" },
    secret: options.secret,
    baseURL: options.publicUrl,
    basePath: "/v1/auth",
    emailAndPassword: { enabled: true, minPasswordLength: 10, autoSignIn: true },
    session: { expiresIn: SESSION_SECONDS, cookieCache: { enabled: true, maxAge: COOKIE_CACHE_SECONDS } },
    advanced: { cookiePrefix: "kilim", useSecureCookies: options.publicUrl.startsWith("https:") },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { "/sign-in/email": { window: 60, max: 10 } } },
    telemetry: { enabled: false },
    logger: { disabled: true },
  } satisfies BetterAuthOptions;
  const auth = betterAuth(settings);

  async function count(where: string, values: unknown[]): Promise<number> {
    const { rows } = await pool.query<{ n: number }>(`select count(*)::int4 as n from auth."user" ${where}`, values);
    return rows[0]?.n ?? 0;
  }

  return {
    async handle(request, reply) {
      // Whoever opens a new installation makes the first account; further ones are made by staff.
      if (request.url.startsWith(SIGN_UP) && (await count("", [])) > 0) {
        return reply
          .code(403)
          .send({ code: "forbidden", message: "The first account exists already: sign in with it." });
      }
      return answer(reply, await auth.handler(toRequest(request, options.publicUrl)));
    },
    async principalOf(request, { isFresh = false } = {}) {
      if (!request.headers.cookie) return null;
      const session = await auth.api.getSession({
        headers: new Headers({ cookie: request.headers.cookie }),
        query: { disableCookieCache: isFresh },
      });
      return session
        ? { kind: "staff", userId: session.user.id, name: session.user.name, email: session.user.email }
        : null;
    },
    hasUsers: async () => (await count("", [])) > 0,
    hasUser: async (email) => (await count("where email = $1", [email])) > 0,
    async createUser(user) {
      await auth.api.signUpEmail({ body: user });
    },
    close: () => pool.end(),
  };
}

function toRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== "content-length" && value !== undefined)
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const hasBody = request.method !== "GET" && request.body !== undefined;
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  });
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header("set-cookie", cookies);
  return reply.send(await response.text());
}
