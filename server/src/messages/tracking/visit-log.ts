import { hash } from "node:crypto";

import { append, type KilimEvent } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { Gather } from "../../platform/gather.ts";
import type { MessagesDeps } from "../deps.ts";
import { eventName, messageEvent } from "../events.ts";
import { firstClicks, firstOpenings, type VisitedMessage } from "../queries/record-visit.pg.ts";

/** Somebody opened a message, or followed one of its links. */
export interface Visit {
  readonly messageId: string;
  /** Null for an opening. */
  readonly url: string | null;
}

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus" | "log">;

/** A visit more than this many is let go rather than kept in memory: the reader gets their page all the same. */
const MOST_WAITING = 20_000;

/** After a broadcast thousands come in a second: those of so many milliseconds go together. */
const TOGETHER = { most: 2_000, atOnce: 1, apartMs: 4 };

/**
 * Takes note of visits, in one transaction those that come while another is under way. A reader is answered once theirs is
 * written, and is never shown that it could not be.
 */
export class VisitLog {
  readonly #deps: Deps;
  readonly #gather = new Gather<Visit, undefined>((visits) => this.#write(visits), TOGETHER);
  #waiting = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async note(visit: Visit): Promise<void> {
    if (this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    await this.#gather.ask(visit);
    this.#waiting -= 1;
  }

  async #write(visits: readonly Visit[]): Promise<undefined[]> {
    const { db, clock, bus, log } = this.#deps;
    try {
      const events = await inTransaction(db, async (tx) => {
        const now = clock.now().toString();
        const opened = await firstOpenings(tx, idsOf(visits), now);
        const clicked = await firstClicks(tx, clicksOf(visits), now);
        const events = [
          ...opened.flatMap((message) => this.#openedEvent(message)),
          ...clicked.flatMap((message) => this.#clickedEvent(message, message.url)),
        ];
        await append(tx, events);
        return events;
      });
      if (events.length > 0) bus.wake("inbox");
      // One by one only what somebody may be looking at: a broadcast has a progress instead.
      for (const { properties } of events)
        if (typeof properties.broadcast_id === "string") bus.changed("broadcast", properties.broadcast_id, ["visits"]);
        else bus.changed("message", String(properties.message_id), ["visited"]);
    } catch (error) {
      log.warn({ err: error, visits: visits.length }, "messages were opened or clicked, but it could not be noted");
    }
    return visits.map(() => undefined);
  }

  #openedEvent(message: VisitedMessage): KilimEvent[] {
    const news = newsOf(message);
    const name = eventName(message.channel, "Opened");
    return news ? [messageEvent(this.#deps.clock, name, news, { subject: message.subject })] : [];
  }

  #clickedEvent(message: VisitedMessage, url: string): KilimEvent[] {
    const news = newsOf(message);
    const name = eventName(message.channel, "Clicked");
    const key = `:${hash("sha256", url, "base64url").slice(0, 22)}`;
    return news ? [messageEvent(this.#deps.clock, name, news, { url, subject: message.subject }, key)] : [];
  }
}

export function newsOf(message: VisitedMessage) {
  if (message.profile_id === null) return null;
  return {
    id: message.id,
    profileId: message.profile_id,
    templateId: message.template_id,
    journeyId: message.journey_id,
    broadcastId: message.broadcast_id,
    variant: message.variant,
  };
}

/** Openings alone: a click is told as a click. */
function idsOf(visits: readonly Visit[]): string[] {
  return [...new Set(visits.flatMap(({ messageId, url }) => (url === null ? [messageId] : [])))].sort();
}

function clicksOf(visits: readonly Visit[]) {
  const clicks = new Map<string, { messageId: string; url: string; times: number }>();
  for (const { messageId, url } of visits) {
    if (url === null) continue;
    const key = `${messageId} ${url}`;
    clicks.set(key, { messageId, url, times: (clicks.get(key)?.times ?? 0) + 1 });
  }
  return [...clicks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, click]) => click);
}
