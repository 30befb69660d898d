import type { FastifyRequest } from "fastify";

import { loadIdentifiersOf, profileForDevice } from "../../identity/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { House } from "../../platform/house.ts";
import type { BrandBook } from "../brand/brand-book.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { type OnsiteRow, waitingOnsite } from "../queries/onsite.pg.ts";

export type VisitorDeps = Pick<MessagesDeps, "db" | "clock" | "secrets">;

export interface Visiting {
  readonly profileId: string;
  /** By a shopper token: what a device says of itself opens nothing of a known person. */
  readonly isProven: boolean;
}

/** Whoever looks at the site or an app: proven to be somebody, or a device. */
export type OnsiteVisitor =
  | { readonly kind: "person"; readonly profileId: string }
  | { readonly kind: "device"; readonly anonymousId: string };

const MOST_WAITING = 5;

export interface OnsiteWaiting {
  readonly items: readonly OnsiteRow[];
  /** How the brand looks now, when something waits. */
  readonly look?: Pick<House, "colors" | "fonts" | "radius">;
}

/** The messages that wait on the site for whoever looks, oldest first. */
export async function waitingFor(
  deps: VisitorDeps & { readonly brands: Pick<BrandBook, "recentIn"> },
  visitor: OnsiteVisitor,
): Promise<OnsiteWaiting> {
  const who = visitor.kind === "person" ? visitor : await visitingBy(deps, visitor.anonymousId);
  if (who === null) return { items: [] };
  const items = await waitingOnsite(deps.db, who.profileId, deps.clock.now().toString(), MOST_WAITING);
  if (items.length === 0) return { items };
  const { colors, fonts, radius } = await deps.brands.recentIn("en");
  return { items, look: { colors, fonts, radius } };
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
  return await visitingBy(deps, anonymousId);
}

async function visitingBy(deps: VisitorDeps, anonymousId: string): Promise<Visiting | null> {
  const profileId = await inTransaction(deps.db, (tx) => profileForDevice(tx, deps, anonymousId.trim()));
  if (profileId === null) return null;
  const held = await loadIdentifiersOf(deps.db, [profileId]);
  return held.some(({ type }) => KNOWN_BY.has(type)) ? null : { profileId, isProven: false };
}
