import { tellConsent } from "../../consent/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { unsubscribedEvent } from "../events.ts";
import { markMachineOpening, markUnsubscribed } from "../queries/record-visit.pg.ts";
import type { TrackingTokens } from "./tokens.ts";
import { newsOf, type VisitLog } from "./visit-log.ts";
import type { Visitor } from "./visitor.ts";

export interface TrackingDeps extends Pick<MessagesDeps, "db" | "clock" | "bus" | "log" | "publicUrl" | "secrets"> {
  readonly tokens: TrackingTokens;
  readonly visits: VisitLog;
}

/** The first opening by a person becomes an event, one by a machine a mark; the pixel is answered whatever happens. */
export async function recordOpening(deps: TrackingDeps, token: string, visitor: Visitor): Promise<void> {
  const messageId = deps.tokens.readOpen(token);
  if (messageId === null) return;
  if (!visitor.isMachine && !visitor.isProxy) return await deps.visits.note({ messageId, url: null });
  await markMachineOpening(deps.db, messageId, deps.clock.now().toString()).catch((error: unknown) =>
    deps.log.warn({ err: error, message_id: messageId }, "a machine's opening could not be marked"),
  );
}

/** Where the click leads. The first click on each address of a message becomes an event; a forged token is refused. */
export async function recordClick(deps: TrackingDeps, token: string, visitor: Visitor): Promise<string> {
  const click = deps.tokens.readClick(token);
  if (click === null) throw refuse("link_not_valid");
  if (!visitor.isMachine) await deps.visits.note(click);
  return click.url;
}

/** Takes the consent for marketing on the message's channel back. The sender heeds it at once, before the event has been folded. */
export async function unsubscribe(deps: TrackingDeps, token: string, wording: string): Promise<void> {
  const id = deps.tokens.readUnsubscribe(token);
  if (id === null) throw refuse("link_not_valid");
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const message = await markUnsubscribed(tx, id, now.toString(), now.subtract({ seconds: 10 }).toString());
    const news = message ? newsOf(message) : null;
    if (message && news)
      await tellConsent(tx, deps.clock, [unsubscribedEvent(deps.clock, message.channel, news, wording)]);
  });
  deps.bus.wake("inbox");
  deps.bus.changed("message", id, ["unsubscribed"]);
}
