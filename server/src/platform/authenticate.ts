import type { FastifyRequest } from "fastify";

import type { KeyRing } from "./keys.ts";
import type { Principal } from "./principal.ts";
import type { StaffAuth } from "./staff-auth.ts";

export interface AuthenticateDeps {
  readonly keys: KeyRing;
  readonly staff: Pick<StaffAuth, "principalOf">;
  /** The live session behind a shopper token, or null. */
  readonly readShopperToken: (
    token: string,
  ) => Promise<{ sessionId: string; profileId: string; anonymousId: string } | null>;
}

/** `isFresh`: a cookie that was believed a moment ago is looked at anew. */
export type Authenticate = (
  request: Pick<FastifyRequest, "headers">,
  options?: { readonly isFresh?: boolean },
) => Promise<Principal>;

/** Who makes a request: by key (Bearer, or Basic as the Segment clients send it), by shopper token beside it, or by cookie. */
export function authenticator(deps: AuthenticateDeps): Authenticate {
  return async (request, options) => {
    const given = keyOf(request.headers.authorization);
    if (given === null) return (await deps.staff.principalOf(request, options)) ?? { kind: "anonymous" };
    const key = await deps.keys.find(given, options);
    if (!key) return { kind: "anonymous" };
    if (key.kind === "secret") return { kind: "secret", keyId: key.id, source: key.id };
    const token = request.headers["x-kilim-shopper"];
    const session = typeof token === "string" ? await deps.readShopperToken(token) : null;
    if (!session) return { kind: "write", keyId: key.id, source: key.id };
    return { kind: "shopper", keyId: key.id, source: key.id, ...session };
  };
}

/** The key of HTTP Basic (as user name, with or without its colon) or Bearer. */
export function keyOf(header: string | undefined): string | null {
  const [scheme, credentials] = (header ?? "").split(" ", 2);
  if (!credentials) return null;
  if (/^bearer$/i.test(scheme ?? "")) return credentials;
  if (!/^basic$/i.test(scheme ?? "")) return null;
  return Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0] ?? null;
}
