import type { BrandBook } from "../brand/brand-book.ts";
import type { Outcome } from "../channels/adapter.ts";
import type { Lines } from "../channels/lines.ts";
import type { Way } from "../channels/way.ts";
import type { ChannelContent } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { nextTry } from "./backoff.ts";
import type { Facts } from "./gather-facts.ts";
import { readLive } from "./read-live.ts";
import { type RenderDeps, renderMessage } from "./render-message.ts";
import { sendEverywhere } from "./send-everywhere.ts";
import type { Note } from "./settler.ts";

export interface SendDeps extends RenderDeps, Pick<MessagesDeps, "clock" | "live"> {
  readonly lines: Lines;
  readonly brands: Pick<BrandBook, "recentIn">;
}

/** What a message came to, and what its provider said; null when it was not asked. */
export interface Sent {
  readonly note: Note;
  readonly outcome: Outcome | null;
}

/** Makes one message that has been handed over and gives it to its provider. */
export async function sendOne(deps: SendDeps, facts: Facts, way: Way): Promise<Sent> {
  const { message, to } = facts;
  const [live, brand] = await Promise.all([
    readLive(deps, facts),
    deps.brands.recentIn(facts.personal?.language ?? "en"),
  ]);
  const rendered = renderMessage(deps, facts, { live, brand }, way.from);
  if ("failed" in rendered) {
    const outcome: Outcome = { kind: rendered.isFinal ? "permanent" : "transient", reason: rendered.failed };
    return { note: noteOf(deps, facts, outcome, null, null), outcome: null };
  }
  const { content } = rendered;
  const at = deps.clock.now().toString({ smallestUnit: "millisecond" });
  const sent = await sendEverywhere(deps.lines, way, { id: message.id, to, content, at });
  if (sent === null) return { note: { end: { message, status: "failed", reason: "no_account" } }, outcome: null };
  const { outcome, account } = sent;
  return { note: noteOf(deps, facts, outcome, account.id, subjectOf(content)), outcome };
}

function noteOf(
  deps: SendDeps,
  facts: Facts,
  outcome: Outcome,
  accountId: string | null,
  subject: string | null,
): Note {
  const { message, to, personal } = facts;
  const tried = { message, to, accountId, ...(personal === null || subject === null ? {} : { subject }) };
  if (outcome.kind === "accepted") {
    return { end: { ...tried, status: "sent", reason: null, providerId: outcome.providerId } };
  }
  const { reason } = outcome;
  if (outcome.kind === "permanent") {
    return { end: { ...tried, status: outcome.badAddress ? "bounced" : "failed", reason } };
  }
  const next = nextTry(deps.clock.now(), message.attempts, outcome, message.id);
  if (next === null) return { end: { ...tried, status: "failed", reason } };
  return { back: { ...message, reason, dueAt: next.toString(), counts: outcome.kind === "transient" } };
}

/** What a message is called in lists and on the timeline. */
function subjectOf(content: ChannelContent): string {
  if ("subject" in content) return content.subject;
  if ("title" in content) return content.title;
  if ("heading" in content) return content.heading;
  if ("text" in content) return content.text.slice(0, 120);
  if ("reason" in content) return content.reason;
  return "name" in content ? content.name : content.channel;
}
