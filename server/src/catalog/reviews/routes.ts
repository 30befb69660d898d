import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { actorOf, device, manage, shopperOf } from "../../platform/principal.ts";
import * as c from "../contracts.ts";
import { asPublic, asReview, readByState, readOwn, readPublished } from "./read-reviews.ts";
import { decide, type ReviewDeps, withdrawReview, writeReview } from "./write-review.ts";

const byId = z.object({ id: z.uuid() });
const shopper = { access: ["shopper"] as const };

export function reviewRoutes(app: App, deps: ReviewDeps): void {
  const { db } = deps;
  app.get(
    "/v1/products/:id/reviews",
    {
      config: { access: [...device, ...manage] },
      schema: { params: byId, querystring: pageQuery, response: { 200: c.publicReviews } },
    },
    ({ params, query }) => readPublished(db, params.id, query),
  );
  app.get("/v1/shopper/reviews", { config: shopper, schema: { response: { 200: c.ownReviews } } }, ({ principal }) =>
    readOwn(db, shopperOf(principal)),
  );
  app.put(
    "/v1/shopper/reviews/:id",
    { config: shopper, schema: { params: byId, body: c.reviewBody, response: { 200: c.ownReview } } },
    async ({ params, body, principal }) => {
      const row = await writeReview(deps, { profileId: shopperOf(principal), productId: params.id }, body);
      return { ...asPublic(row), state: row.state };
    },
  );
  app.delete(
    "/v1/shopper/reviews/:id",
    { config: shopper, schema: { params: byId } },
    async ({ params, principal }, reply) => {
      await withdrawReview(deps, shopperOf(principal), params.id);
      return reply.code(204).send();
    },
  );
  app.get(
    "/v1/reviews",
    { config: { access: manage }, schema: { querystring: c.reviewQuery, response: { 200: c.reviewPage } } },
    ({ query }) => readByState(db, query),
  );
  for (const [verb, state] of [
    ["publish", "published"],
    ["reject", "rejected"],
  ] as const) {
    app.post(
      `/v1/reviews/:id/${verb}`,
      { config: { access: manage }, schema: { params: byId, response: { 200: c.review } } },
      async ({ params, principal }) => asReview(db, await decide(deps, params.id, state, actorOf(principal))),
    );
  }
}
