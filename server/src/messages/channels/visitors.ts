import type { FastifyRequest } from "fastify";

import { loadIdentifiersOf, profileForDevice } from "../../identity/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";

export type VisitorDeps = Pick<MessagesDeps, "db" | "clock" | "secrets">;

export interface Visiting {
  readonly profileId: string;
  /** By a shopper token: what a device says of itself opens nothing of a known person. */
  readonly isProven: boolean;
}

const KNOWN_BY = new Set(["user_id", "email", "phone", "loyalty_id"]);

/** Who asks from a browser or an app; null for a device whose person is known and has not been proven to hold it. */
export async function readVisiting(
  deps: VisitorDeps,
  { principal, headers }: Pick<FastifyRequest, "principal" | "headers">,
): Promise<Visiting | null> {
  if (principal.kind === "shopper") return { profileId: principal.profileId, isProven: true };
  const anonymousId = headers["x-kilim-anonymous-id"];
  if (typeof anonymousId !== "string" || anonymousId.trim() === "") throw refuse("visitor_unknown");
  const profileId = await inTransaction(deps.db, (tx) => profileForDevice(tx, deps, anonymousId.trim()));
  if (profileId === null) return null;
  const held = await loadIdentifiersOf(deps.db, [profileId]);
  return held.some(({ type }) => KNOWN_BY.has(type)) ? null : { profileId, isProven: false };
}
