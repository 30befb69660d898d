import { hash } from "node:crypto";

import type { KilimEvent } from "../../collect/contracts.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { eventName, type MessageNews, messageEvent, unsubscribedEvent } from "../events.ts";
import { lockForNews, type NewsMessage, writeNews } from "../queries/message-news.pg.ts";
import { firstClicks, markUnsubscribed } from "../queries/record-visit.pg.ts";
import { suppressAll } from "../queries/suppressions.pg.ts";
import type { OpenAccount } from "./accounts.ts";
import { foldNews } from "./fold-news.ts";
import type { MessageRef, ProviderNews } from "./provider-news.ts";
import { recordInbound } from "./record-inbound.ts";

export type NewsDeps = Pick<MessagesDeps, "db" | "clock" | "bus" | "publicUrl" | "resolveProfile" | "secrets" | "tell">;

/**
 * Takes a provider's news to heart, each in its own transaction: what is told twice, late or out of order does no
 * harm, and what is about nobody of ours is left alone.
 */
export async function recordNews(
  deps: NewsDeps,
  account: OpenAccount & { readonly id: string },
  all: readonly ProviderNews[],
): Promise<void> {
  const changed = new Set<string>();
  for (const news of all) {
    const id = await inTransaction(deps.db, (tx) =>
      news.kind === "received" ? recordInbound(tx, deps, account, news) : record(tx, deps, account.id, news),
    );
    if (id !== null) changed.add(id);
  }
  if (changed.size === 0) return;
  for (const topic of ["inbox", "outbox", "messages"] as const) deps.bus.wake(topic);
  for (const id of changed) deps.bus.changed("message", id, ["status"]);
}

type AboutMessage = Extract<ProviderNews, { readonly message: MessageRef }>;

async function record(tx: Tx, deps: NewsDeps, accountId: string, news: AboutMessage): Promise<string | null> {
  const message = await lockForNews(tx, accountId, news.message);
  if (!message) return null;
  const events =
    news.kind === "clicked"
      ? await click(tx, deps, message, news)
      : news.kind === "unsubscribed"
        ? await unsubscribe(tx, deps, message)
        : await update(tx, deps, accountId, message, news);
  await deps.tell(tx, events);
  return events.length > 0 ? message.id : null;
}

async function update(
  tx: Tx,
  deps: NewsDeps,
  accountId: string,
  message: NewsMessage,
  news: Exclude<AboutMessage, { kind: "clicked" | "unsubscribed" }>,
): Promise<KilimEvent[]> {
  const now = deps.clock.now().toString();
  const { next, fates, suppress } = foldNews(message, news, now);
  await writeNews(tx, accountId, message.id, next);
  if (suppress !== null && message.address !== null)
    await suppressAll(tx, [{ channel: message.channel, address: message.address }], suppress, now);
  return fates.flatMap(({ fate, properties }) =>
    ofPerson(message, (about) =>
      messageEvent(deps.clock, eventName(message.channel, fate), about, { subject: message.subject, ...properties }),
    ),
  );
}

async function click(
  tx: Tx,
  deps: NewsDeps,
  message: NewsMessage,
  { url, isMachine }: Extract<AboutMessage, { kind: "clicked" }>,
): Promise<KilimEvent[]> {
  // Our own links come by us themselves; what a machine follows nobody has clicked.
  if (isMachine || url === "" || url.startsWith(`${deps.publicUrl}/t/`)) return [];
  const click = { messageId: message.id, url, times: 1 };
  const first = await firstClicks(tx, [click], deps.clock.now().toString());
  if (first.length === 0) return [];
  const key = `:${hash("sha256", url, "base64url").slice(0, 22)}`;
  return ofPerson(message, (about) =>
    messageEvent(deps.clock, eventName(message.channel, "Clicked"), about, { url, subject: message.subject }, key),
  );
}

/** By the provider's own link or list: as good as by ours. */
async function unsubscribe(tx: Tx, deps: NewsDeps, message: NewsMessage): Promise<KilimEvent[]> {
  const now = deps.clock.now();
  // Told again, it is not said again: the newest counts for a day.
  const marked = await markUnsubscribed(tx, message.id, now.toString(), now.subtract({ hours: 24 }).toString());
  if (!marked) return [];
  return ofPerson(message, (about) =>
    unsubscribedEvent(deps.clock, message.channel, about, "The mail provider's unsubscribe link"),
  );
}

function ofPerson(message: NewsMessage, make: (about: MessageNews) => KilimEvent): KilimEvent[] {
  if (message.profile_id === null) return [];
  return [
    make({
      id: message.id,
      profileId: message.profile_id,
      templateId: message.template_id,
      journeyId: message.journey_id,
      broadcastId: message.broadcast_id,
      variant: message.variant,
    }),
  ];
}
