import { hash } from "node:crypto";
import type { KilimEvent } from "../../collect/contracts.ts";

import { append } from "../../collect/index.ts";
import { tellConsent } from "../../consent/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { type MessageNews, messageEvent, unsubscribedEvent } from "../events.ts";
import { firstClick, firstOpening, markUnsubscribed, type VisitedMessage } from "../queries/record-visit.pg.ts";
import type { TrackingTokens } from "./tokens.ts";
import type { Visitor } from "./visitor.ts";

export interface TrackingDeps extends Pick<MessagesDeps, "db" | "clock" | "bus" | "log" | "publicUrl" | "secrets"> {
  readonly tokens: TrackingTokens;
}

/** The first opening by a person becomes an event; the pixel is answered whatever happens. */
export async function recordOpening(deps: TrackingDeps, token: string, visitor: Visitor): Promise<void> {
  const id = deps.tokens.readOpen(token);
  if (id === null || visitor.isMachine) return;
  const now = deps.clock.now().toString();
  await note(deps, id, "opened", async (tx) => {
    const message = await firstOpening(tx, id, now);
    return toEvent(message, (news) =>
      messageEvent(deps.clock, "Email Opened", news, { subject: message?.subject ?? null }),
    );
  });
}

/** Where the click leads. The first click on each address of a message becomes an event; a forged token is refused. */
export async function recordClick(deps: TrackingDeps, token: string, visitor: Visitor): Promise<string> {
  const click = deps.tokens.readClick(token);
  if (click === null) throw refuse("link_not_valid");
  const { messageId, url } = click;
  if (visitor.isMachine) return url;
  const now = deps.clock.now().toString();
  await note(deps, messageId, "clicked", async (tx) => {
    const message = await firstClick(tx, messageId, url, now);
    const properties = { url, subject: message?.subject ?? null };
    return toEvent(message, (news) =>
      messageEvent(deps.clock, "Email Clicked", news, properties, `:${hash("sha256", url, "base64url").slice(0, 22)}`),
    );
  });
  return url;
}

/** Takes the consent for marketing by e-mail back. The sender heeds it at once, before the event has been folded. */
export async function unsubscribe(deps: TrackingDeps, token: string, wording: string): Promise<void> {
  const id = deps.tokens.readUnsubscribe(token);
  if (id === null) throw refuse("link_not_valid");
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const message = await markUnsubscribed(tx, id, now.toString(), now.subtract({ seconds: 10 }).toString());
    const event = toEvent(message, (news) => unsubscribedEvent(deps.clock, news, wording));
    if (event) await tellConsent(tx, deps.clock, [event]);
  });
  deps.bus.wake("inbox");
  deps.bus.changed("message", id, ["unsubscribed"]);
}

/** A reader is not kept waiting, nor shown an error, because we could not take note. */
async function note(
  deps: TrackingDeps,
  id: string,
  what: string,
  work: (tx: Tx) => Promise<KilimEvent | null>,
): Promise<void> {
  try {
    const isNews = await inTransaction(deps.db, async (tx) => {
      const event = await work(tx);
      if (event) await append(tx, [event]);
      return event !== null;
    });
    if (!isNews) return;
    deps.bus.wake("inbox");
    deps.bus.changed("message", id, [what]);
  } catch (error) {
    deps.log.warn({ err: error, message_id: id }, `a mail was ${what}, but it could not be noted`);
  }
}

function toEvent(message: VisitedMessage | undefined, make: (news: MessageNews) => KilimEvent): KilimEvent | null {
  if (!message || message.profile_id === null) return null;
  return make({
    id: message.id,
    profileId: message.profile_id,
    templateId: message.template_id,
    journeyId: message.journey_id,
  });
}
