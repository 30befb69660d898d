import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";

import { z } from "zod";

import type { Clock } from "../../platform/clock.ts";
import type { App } from "../../platform/http.ts";
import { newId } from "../../platform/ids.ts";
import { manage } from "../../platform/principal.ts";
import { sealedColumn } from "../../platform/sealing/sealed-place.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { type Feed, type FeedBody, feed, feedBody, feedPage } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { type FeedRow, insertFeed, listFeeds, openFeed, revokeFeed } from "./queries/feeds.pg.ts";
import type { FeedDeps } from "./read-offers.ts";
import { writeFeed } from "./write-feed.ts";

const SEAL = "catalog-feed";

export const sealedFeeds = [sealedColumn({ table: "catalog.feed", column: "token_sealed", purpose: SEAL })];

const byId = z.object({ id: z.uuid() });
const config = { access: manage };

export interface FeedRoutesDeps extends FeedDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

export function feedRoutes(app: App, deps: FeedRoutesDeps): void {
  const { db, clock } = deps;
  app.get("/v1/feeds", { config, schema: { response: { 200: feedPage } } }, async () => ({
    items: (await listFeeds(db)).map((row) => viewOf(deps, row)),
    next: null,
  }));
  app.post(
    "/v1/feeds",
    { config: { access: manage, idempotent: true }, schema: { body: feedBody, response: { 201: feed } } },
    async ({ body }, reply) => reply.code(201).send(await createFeed(deps, body)),
  );
  app.delete("/v1/feeds/:id", { config, schema: { params: byId } }, async ({ params }, reply) => {
    if (!(await revokeFeed(db, params.id, clock.now().toString()))) throw refuse("feed_not_found");
    return reply.code(204).send();
  });
  app.get(
    "/feeds/:token",
    { config: { access: ["public"] }, schema: { params: z.object({ token: z.string().max(100) }), hide: true } },
    async ({ params }, reply) => {
      const found = await openFeed(db, hashOf(params.token), clock.now().toString());
      if (!found) throw refuse("feed_not_found");
      const { type, text } = writeFeed(deps, found);
      return reply
        .header("content-type", type)
        .header("cache-control", "no-store")
        .header("x-robots-tag", "noindex")
        .header("x-content-type-options", "nosniff")
        .send(Readable.from(text));
    },
  );
}

async function createFeed(deps: FeedRoutesDeps, { name, kind, ...options }: FeedBody): Promise<Feed> {
  const token = randomBytes(32).toString("base64url");
  const id = newId(deps.clock);
  const at = deps.clock.now().toString();
  const sealed = deps.secrets.seal(SEAL, token);
  await insertFeed(deps.db, { id, name, kind, options, hash: hashOf(token), sealed, at });
  return viewOf(deps, { id, name, kind, options, token_sealed: sealed, created_at: at, fetched_at: null });
}

function viewOf({ secrets, publicUrl }: FeedRoutesDeps, row: FeedRow): Feed {
  const { id, name, kind, options, created_at, fetched_at } = row;
  return {
    id,
    name,
    kind,
    language: options.language,
    currency: options.currency ?? null,
    region: options.region ?? null,
    url: `${publicUrl}/feeds/${secrets.unseal(SEAL, row.token_sealed) ?? ""}`,
    created_at,
    fetched_at,
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
