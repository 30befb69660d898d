import type { Tx } from "../../platform/db.ts";
import { addCounts } from "../broadcasts/queries/progress.pg.ts";
import type { MessageStatus } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { eventName, type MessageFate, messageEvent } from "../events.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import { settleMessages } from "../queries/settle-messages.pg.ts";
import { suppressAll } from "../queries/suppressions.pg.ts";

export type SettleDeps = Pick<MessagesDeps, "clock" | "bus" | "tell">;

/** What became of a message in this worker's hands. */
export interface End {
  readonly message: ClaimedMessage;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly to?: string;
  /** Absent for a mail whose text is nobody else's business. */
  readonly subject?: string;
  readonly accountId?: string | null;
  readonly providerId?: string | null;
}

const NEWS: Readonly<Partial<Record<MessageStatus, MessageFate>>> = {
  sent: "Sent",
  skipped: "Skipped",
  failed: "Failed",
  bounced: "Bounced",
};

/** Writes ends with their events and gives those that were still ours to write; tell of them after the commit. */
export async function writeEnds(tx: Tx, deps: SettleDeps, ends: readonly End[]): Promise<readonly End[]> {
  if (ends.length === 0) return [];
  const at = deps.clock.now().toString();
  const settled = await settleMessages(tx, ends.map(toEnding), at);
  const ours = ends.filter(({ message }) => settled.has(message.id));
  const bounced = ours.flatMap(({ message, status, to }) =>
    status === "bounced" && to !== undefined ? [{ channel: message.channel, address: to }] : [],
  );
  await suppressAll(tx, bounced, "bounced", at);
  await addCounts(
    tx,
    ours.flatMap(({ message, status }) =>
      message.broadcast_id === null ? [] : [{ broadcastId: message.broadcast_id, status, n: 1 }],
    ),
  );
  await deps.tell(
    tx,
    ours.flatMap((end) => eventOf(deps, end, settled.get(end.message.id) ?? null) ?? []),
  );
  return ours;
}

export function tellAll(deps: SettleDeps, ends: readonly End[]): void {
  if (ends.length === 0) return;
  for (const topic of ["inbox", "outbox"] as const) deps.bus.wake(topic);
  const broadcasts = new Set(ends.flatMap(({ message }) => message.broadcast_id ?? []));
  for (const id of broadcasts) deps.bus.changed("broadcast", id, ["progress"]);
  for (const { message } of ends)
    if (message.broadcast_id === null) deps.bus.changed("message", message.id, ["status"]);
}

function toEnding({ message, status, reason, subject, accountId, providerId }: End) {
  return {
    id: message.id,
    claim: message.claim,
    status,
    reason,
    subject: subject ?? null,
    accountId: accountId ?? null,
    providerId: providerId ?? null,
  };
}

function eventOf(deps: SettleDeps, { message, status, reason, subject }: End, profileId: string | null) {
  const fate = NEWS[status];
  if (fate === undefined || profileId === null) return null;
  const news = {
    id: message.id,
    profileId,
    templateId: message.template_id,
    journeyId: message.journey_id,
    broadcastId: message.broadcast_id,
    variant: message.variant,
  };
  return messageEvent(deps.clock, eventName(message.channel, fate), news, { subject: subject ?? null, reason });
}
