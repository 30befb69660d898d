import type { FastifyReply } from "fastify";

import { preferencesUrl } from "../../consent/index.ts";
import { sendPage } from "../../platform/house-page.ts";
import type { App } from "../../platform/http.ts";
import type { BrandBook } from "../brand/brand-book.ts";
import { tokenParams } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { loadAddressee } from "../queries/record-visit.pg.ts";
import { isOneClick } from "./one-click.ts";
import { recordClick, recordOpening, type TrackingDeps, unsubscribe } from "./record-visits.ts";
import { askPage, donePage, invalidPage, type Reader } from "./unsubscribe-page.ts";
import { readVisitor } from "./visitor.ts";

const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const open = { access: ["public"] as const };

/** The addresses in our mails. They are public; the token in each says what it may do. */
export function trackingRoutes(root: App, deps: TrackingDeps & { readonly brands: Pick<BrandBook, "recentIn"> }): void {
  void root.register(async (plugin) => {
    const app = plugin as unknown as App;
    // Mail providers post forms, of either kind; a body of another type is read as text and then refused.
    app.addContentTypeParser("*", { parseAs: "string", bodyLimit: 16_384 }, (_request, body, done) => done(null, body));

    app.get("/t/o/:token", { config: open, schema: { params: tokenParams } }, async (request, reply) => {
      await recordOpening(deps, request.params.token, readVisitor(request));
      return hidden(reply).type("image/gif").send(PIXEL);
    });

    app.get("/t/c/:token", { config: open, schema: { params: tokenParams } }, async (request, reply) =>
      hidden(reply).redirect(await recordClick(deps, request.params.token, readVisitor(request)), 302),
    );

    app.get("/t/u/:token", { config: open, schema: { params: tokenParams } }, async (request, reply) => {
      const reader = await readerOf(deps, request.params.token);
      if (!reader) return sendPage(reply, 404, invalidPage(await deps.brands.recentIn("en"), "en"));
      const url = reader.profileId === null ? null : preferencesUrl(deps, reader.profileId).url;
      return sendPage(reply, 200, askPage(await deps.brands.recentIn(reader.language), reader, url));
    });

    app.post("/t/u/:token", { config: open, schema: { params: tokenParams } }, async (request, reply) => {
      if (!isOneClick(request.body)) throw refuse("not_one_click");
      await unsubscribe(deps, request.params.token, "One-click link in the message");
      const { language = "en", channel = "email" } = (await readerOf(deps, request.params.token)) ?? {};
      return sendPage(reply, 200, donePage(await deps.brands.recentIn(language), { language, channel }));
    });
  });
}

/** Who reads the message that a token stands in, where and in which language; null when the token is not ours. */
async function readerOf(
  deps: TrackingDeps,
  token: string,
): Promise<(Reader & { readonly profileId: string | null }) | null> {
  const id = deps.tokens.readUnsubscribe(token);
  if (id === null) return null;
  const found = await loadAddressee(deps.db, id);
  return {
    language: found?.language ?? "en",
    channel: found?.channel ?? "email",
    profileId: found?.profile_id ?? null,
  };
}

/** Tokens stand in these addresses: nobody keeps them, nobody passes them on. */
function hidden(reply: FastifyReply): FastifyReply {
  return reply
    .header("cache-control", "no-store, private")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex");
}
