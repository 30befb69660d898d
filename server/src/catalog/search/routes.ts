import type { App } from "../../platform/http.ts";
import { device, manage, shopperOf } from "../../platform/principal.ts";
import { marketList, ownSizes, searchAnswer, searchQuery, suggestions, suggestQuery } from "../contracts.ts";
import { type SearchDeps, SearchIndex } from "./search-index.ts";
import { searchProducts, suggest } from "./search-products.ts";

export interface SearchRoutesDeps extends SearchDeps {
  /** A person's sizes by category, as the profile counts them. */
  readonly sizesOf: (profileId: string) => Promise<Readonly<Record<string, string>>>;
}

export function searchRoutes(app: App, deps: SearchRoutesDeps): void {
  const index = new SearchIndex(deps);
  const found = { db: deps.db, index };
  const config = { access: [...device, ...manage] };
  // Read before the first shopper waits for it; if the database is away now, it is read then.
  app.addHook("onListen", async () => void index.refresh().catch(() => undefined));
  app.addHook("preClose", async () => index.close());
  app.get(
    "/v1/search",
    { config, schema: { querystring: searchQuery, response: { 200: searchAnswer } } },
    async ({ query, principal }) => {
      const isAsking = principal.kind === "shopper" && query.size === undefined;
      return searchProducts(found, query, isAsking ? await deps.sizesOf(principal.profileId) : {});
    },
  );
  app.get("/v1/markets", { config, schema: { response: { 200: marketList } } }, async () => {
    await index.refresh();
    return { items: [...index.markets], next: null };
  });
  app.get(
    "/v1/shopper/sizes",
    { config: { access: ["shopper"] }, schema: { response: { 200: ownSizes } } },
    async ({ principal }) => ({ sizes: { ...(await deps.sizesOf(shopperOf(principal))) } }),
  );
  app.get(
    "/v1/search/suggest",
    { config, schema: { querystring: suggestQuery, response: { 200: suggestions } } },
    ({ query }) => suggest(found, query),
  );
}
