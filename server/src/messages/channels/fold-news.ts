import type { MessageFate } from "../events.ts";
import type { NewsMessage, Standing } from "../queries/message-news.pg.ts";
import type { SuppressionReason } from "../queries/suppressions.pg.ts";
import type { ProviderNews } from "./provider-news.ts";

export type MessageUpdate = Exclude<ProviderNews, { kind: "received" | "clicked" | "unsubscribed" }>;

export interface Folded {
  readonly next: Standing;
  readonly fates: readonly {
    readonly fate: MessageFate;
    readonly properties: Readonly<Record<string, string | null>>;
  }[];
  readonly suppress: SuppressionReason | null;
}

/** That the message went out although we never heard a yes: the try timed out after the provider had taken it. */
const PROVES_SENT = new Set<MessageUpdate["kind"]>(["delivered", "bounced", "complained", "opened", "read"]);

/**
 * What one piece of news makes of a message: the same for any order of the news, and nothing when it is told again.
 */
export function foldNews(message: NewsMessage, news: MessageUpdate, now: string): Folded {
  // A provider's clock may be ahead of ours.
  const at = news.at !== null && Date.parse(news.at) <= Date.parse(now) ? news.at : now;
  const reason = news.reason?.replace(/\s+/g, " ").slice(0, 300) ?? null;
  const isMissing = message.handed_at !== null && (message.status === "queued" || message.status === "failed");
  const before: Standing =
    isMissing && PROVES_SENT.has(news.kind)
      ? { ...message, status: "sent", reason: null, sent_at: message.handed_at }
      : message;
  const sent = before === message ? [] : [{ fate: "Sent" as const, properties: {} }];
  const told = (next: Partial<Standing>, fate: MessageFate, suppress: SuppressionReason | null = null): Folded => ({
    next: { ...before, ...next },
    fates: [...sent, { fate, properties: { reason, ...kindOf(news) } }],
    suppress,
  });
  const nothing: Folded = { next: before, fates: sent, suppress: null };
  switch (news.kind) {
    case "delivered":
      return before.delivered_at === null ? told({ delivered_at: at }, "Delivered") : nothing;
    case "deferred":
      if (before.deferred_at !== null || before.delivered_at !== null || before.bounced_at !== null) return nothing;
      return told({ deferred_at: at }, "Deferred");
    case "bounced":
      if (before.bounced_at !== null) return nothing;
      return told(
        { bounced_at: at, ...(isOut(before) ? { status: "bounced", reason: reason ?? "bounced" } : {}) },
        "Bounced",
        news.isHard ? "bounced" : null,
      );
    case "failed":
      if (before.status !== "sent" || before.delivered_at !== null || before.bounced_at !== null) return nothing;
      return told({ status: "failed", reason: reason ?? "failed" }, "Failed");
    case "complained":
      return before.complained_at === null ? told({ complained_at: at }, "Complained", "complained") : nothing;
    case "read":
    case "opened":
      if (news.kind === "opened" && news.isMachine)
        return { ...nothing, next: { ...before, machine_opened_at: before.machine_opened_at ?? at } };
      return before.opened_at === null ? told({ opened_at: at }, "Opened") : nothing;
  }
}

/** While a worker has it in hand, its end is that worker's to write. */
const isOut = ({ status }: Standing) => status !== "sending";

function kindOf(news: MessageUpdate): Record<string, string> {
  return news.kind === "bounced" ? { kind: news.isHard ? "hard" : "soft" } : {};
}
