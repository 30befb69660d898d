import type { z } from "zod";

import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type {
  MailView,
  MessageView,
  messageQuery,
  suppressionQuery,
  TemplatePage,
  templateQuery,
} from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { listMessages, loadMessage } from "./queries/list-messages.pg.ts";
import { listMails, loadMail, type MailSummary } from "./queries/mailbox.pg.ts";
import { listSuppressions, type Suppression } from "./queries/suppressions.pg.ts";
import { listTemplates } from "./queries/templates.pg.ts";

type Deps = Pick<MessagesDeps, "db" | "resolveProfile">;

/** What was said to whom, newest first, of one person or one journey when asked so. */
export async function readMessages(deps: Deps, query: z.infer<typeof messageQuery>): Promise<Page<MessageView>> {
  const profileId = query.profile === undefined ? null : await deps.resolveProfile(deps.db, query.profile);
  const before = decodeCursor(query.after, 2) as [string, string] | null;
  const found = await listMessages(deps.db, {
    profileId,
    journeyId: query.journey ?? null,
    broadcastId: query.broadcast ?? null,
    status: query.status ?? null,
    before,
    limit: query.limit + 1,
  });
  return toPage(found, query.limit, (message) => [message.created_at, message.id]);
}

export async function readMessage(deps: Pick<Deps, "db">, id: string): Promise<MessageView> {
  const message = await loadMessage(deps.db, id);
  if (!message) throw refuse("message_not_found");
  return message;
}

export async function readTemplates(
  deps: Pick<Deps, "db">,
  { after, limit, archived }: z.infer<typeof templateQuery>,
): Promise<TemplatePage> {
  const [before = null] = (decodeCursor(after, 1) as [string] | null) ?? [];
  const found = await listTemplates(deps.db, { isArchived: archived === "true", before, limit: limit + 1 });
  return toPage(found, limit, (row) => [row.id]);
}

export async function readMailbox(deps: Pick<Deps, "db">, query: PageQuery): Promise<Page<MailSummary>> {
  const before = decodeCursor(query.after, 2) as [string, string] | null;
  return toPage(await listMails(deps.db, before, query.limit + 1), query.limit, (mail) => [mail.at, mail.id]);
}

export async function readMail(deps: Pick<Deps, "db">, id: string): Promise<MailView> {
  const mail = await loadMail(deps.db, id);
  if (!mail) throw refuse("mail_not_found");
  return mail;
}

export async function readSuppressions(
  deps: Pick<Deps, "db">,
  { channel, after, limit }: z.infer<typeof suppressionQuery>,
): Promise<Page<Suppression>> {
  const [last = null] = (decodeCursor(after, 1) as [string] | null) ?? [];
  const found = await listSuppressions(deps.db, { channel, limit: limit + 1, after: last });
  return toPage(found, limit, (row) => [row.address]);
}
