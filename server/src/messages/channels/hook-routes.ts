import { hash } from "node:crypto";

import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { refuse } from "../errors.ts";
import { loadAccount } from "../queries/accounts.pg.ts";
import { forgetTokens, takeToken } from "../queries/hook-tokens.pg.ts";
import { openAccount } from "./accounts.ts";
import type { HookReading, Tools } from "./adapter.ts";
import { providerOf } from "./adapters.ts";
import { BELIEVED } from "./hook-signatures.ts";
import type { HookRequest } from "./provider-news.ts";
import { type NewsDeps, recordNews } from "./record-news.ts";

const open = { access: ["public"] as const };
const params = z.object({ account: z.uuid() });
/** SendGrid sends up to a thousand events at once. */
const BODY_LIMIT = 2_097_152;

/** Where providers tell us what became of messages. Public; each provider's signature says that it is them. */
export function hookRoutes(root: App, deps: NewsDeps, tools: Tools): void {
  void root.register(async (plugin) => {
    const app = plugin as unknown as App;
    // Signatures are over the bytes as they came.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    app.route({
      method: ["GET", "POST"],
      url: "/v1/hooks/:account",
      config: open,
      schema: { params },
      async handler(request, reply) {
        const read = await readHook(deps, tools, request.params.account, {
          method: request.method,
          url: deps.publicUrl + request.url,
          headers: request.headers as HookRequest["headers"],
          query: request.query as HookRequest["query"],
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        });
        if (read.answer === undefined) return reply.code(200).send({ ok: true });
        return reply.code(200).type(read.answer.type).send(read.answer.body);
      },
    });
  });
}

/** A token that somebody has seen and puts before news of their own signs nothing any more. */
async function isFirst(
  { db, clock }: Pick<NewsDeps, "db" | "clock">,
  accountId: string,
  { token }: HookReading,
  body: Buffer,
): Promise<boolean> {
  if (token === undefined) return true;
  const now = clock.now();
  await forgetTokens(db, now.subtract({ hours: BELIEVED.hours * 2 }).toString());
  const sha = (of: string | Buffer) => hash("sha256", of, "buffer");
  return takeToken(db, { accountId, token: sha(token), told: sha(body) }, now.toString());
}

async function readHook(deps: NewsDeps, tools: Tools, accountId: string, request: HookRequest) {
  const row = await loadAccount(deps.db, accountId);
  const spec = row && providerOf(row.channel, row.provider);
  // Whether an account exists is nobody's business who cannot sign for it.
  if (!row || !spec?.readHook) throw refuse("hook_not_ours");
  const account = openAccount(deps.secrets, row);
  const settings = spec.settings.safeParse(account.settings);
  if (!settings.success) throw refuse("hook_not_ours");
  const read = await spec.readHook(request, { ...account, id: row.id, settings: settings.data }, tools);
  if (read === null || !(await isFirst(deps, accountId, read, request.body))) throw refuse("hook_not_ours");
  await recordNews(deps, { ...account, id: row.id }, read.news);
  return read;
}
