import { append } from "../../collect/index.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import { type EmailChannel, readEmailChannel } from "../channel-settings.ts";
import type { Outcome } from "../channels/adapter.ts";
import type { Lines } from "../channels/lines.ts";
import type { MessageStatus } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { type MessageEventName, messageEvent } from "../events.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import { handOver, isOverCap } from "../queries/hand-over.pg.ts";
import { putBack, settleMessage } from "../queries/settle-message.pg.ts";
import { suppress } from "../queries/suppressions.pg.ts";
import { nextTry } from "./backoff.ts";
import { leaseUntil } from "./lease.ts";
import { type PrepareDeps, type PreparedMail, prepareMessage } from "./prepare-message.ts";

export interface SendDeps extends PrepareDeps, Pick<MessagesDeps, "bus" | "smtpUrl" | "mailFrom"> {
  readonly lines: Lines;
}

/**
 * Takes one claimed message to its end. Between the provider's yes and our confirmation lies the one moment in which
 * a crash makes the provider see a mail twice; it then carries the same Message-ID.
 */
export async function sendMessage(deps: SendDeps, message: ClaimedMessage): Promise<void> {
  const channel = await readEmailChannel(deps);
  const prepared = await prepareMessage(deps, message);
  if (prepared.kind === "skip") return settle(deps, message, "skipped", prepared.reason);
  if (prepared.kind === "fail") return settle(deps, message, "failed", prepared.reason);

  const { mail } = prepared;
  const handedOver = await takeOut(deps, message, mail, channel);
  if (handedOver === "capped") return settle(deps, message, "skipped", "frequency_cap");
  // Cancelled or held since: the cancelled one is skipped at its next turn, the held one waits.
  if (handedOver === "lost") return giveUp(deps, message);
  const outcome = await deliver(deps, message, mail, channel);
  await finish(deps, message, { mail, outcome, accountId: channel.account.id });
}

/** Marks the message as handed over, unless it was cancelled or held meanwhile or its person has had enough. */
function takeOut(
  deps: SendDeps,
  message: ClaimedMessage,
  mail: PreparedMail,
  channel: EmailChannel,
): Promise<"ours" | "lost" | "capped"> {
  const now = deps.clock.now();
  const give = async (db: Db) => ((await handOver(db, { ...handed(message, mail), ...times(now) })) ? "ours" : "lost");
  const { cap } = channel;
  if (cap === null || message.purpose !== "marketing" || message.profile_id === null) return give(deps.db);
  const since = now.subtract({ seconds: Temporal.Duration.from(cap.per).total("seconds") }).toString();
  const who = { id: message.id, profileId: message.profile_id, channel: "email" };
  return inTransaction(deps.db, async (tx) =>
    (await isOverCap(tx, who, { messages: cap.messages, since })) ? "capped" : give(tx),
  );
}

function handed(message: ClaimedMessage, mail: PreparedMail) {
  return {
    id: message.id,
    claim: message.claim,
    address: mail.to,
    subject: mail.isPrivate ? null : mail.subject,
    language: mail.language,
    templateVersion: mail.templateVersion,
  };
}

function times(now: Temporal.Instant) {
  return { now: now.toString(), leaseUntil: leaseUntil(now) };
}

async function deliver(
  deps: SendDeps,
  message: ClaimedMessage,
  mail: PreparedMail,
  channel: EmailChannel,
): Promise<Outcome> {
  const { subject, html, text, headers } = mail;
  const content = { channel: "email" as const, from: channel.from, subject, html, text, headers };
  const at = deps.clock.now().toString({ smallestUnit: "millisecond" });
  const [outcome] = await deps.lines.of(channel.account).send([{ id: message.id, to: mail.to, content, at }]);
  if (!outcome) throw new Error("an adapter left a message without an outcome");
  return outcome;
}

/** What was handed to a provider, and what it said. */
interface Tried {
  readonly mail: PreparedMail;
  readonly outcome: Outcome;
  readonly accountId: string | null;
}

async function finish(deps: SendDeps, message: ClaimedMessage, tried: Tried): Promise<void> {
  const { outcome } = tried;
  if (outcome.kind === "accepted") return settle(deps, message, "sent", null, tried);
  if (outcome.kind === "permanent") {
    return settle(deps, message, outcome.badAddress ? "bounced" : "failed", outcome.reason, tried);
  }
  const next = nextTry(deps.clock.now(), message.attempts);
  if (next === null) return settle(deps, message, "failed", outcome.reason);
  await putBack(deps.db, { ...message, reason: outcome.reason, dueAt: next.toString() });
}

const NEWS: Readonly<Partial<Record<MessageStatus, MessageEventName>>> = {
  sent: "Email Sent",
  skipped: "Email Skipped",
  failed: "Email Failed",
  bounced: "Email Bounced",
};

async function settle(
  deps: SendDeps,
  message: ClaimedMessage,
  status: MessageStatus,
  reason: string | null,
  tried?: Tried,
): Promise<void> {
  const at = deps.clock.now().toString();
  const isSettled = await inTransaction(deps.db, async (tx) => {
    const provider = {
      accountId: tried?.accountId ?? null,
      providerId: tried?.outcome.kind === "accepted" ? tried.outcome.providerId : null,
    };
    const end = { id: message.id, claim: message.claim, status, reason, at, ...provider };
    if (!(await settleMessage(tx, end))) return false;
    const mail = tried?.mail;
    if (status === "bounced" && mail) await suppress(tx, { address: mail.to, reason: "bounced", now: at });
    const name = NEWS[status];
    if (name && message.profile_id !== null) {
      const news = {
        ...message,
        profileId: message.profile_id,
        templateId: message.template_id,
        journeyId: message.journey_id,
      };
      const subject = mail && !mail.isPrivate ? mail.subject : null;
      await append(tx, [messageEvent(deps.clock, name, news, { subject, reason })]);
    }
    return true;
  });
  if (!isSettled) return;
  deps.bus.wake("inbox");
  deps.bus.changed("message", message.id, ["status"]);
}

async function giveUp(deps: SendDeps, message: ClaimedMessage): Promise<void> {
  await putBack(deps.db, { ...message, reason: null, dueAt: deps.clock.now().toString() });
}
