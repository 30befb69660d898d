import type { Tx } from "../../platform/db.ts";
import { type EmailChannel, readEmailChannel } from "../channel-settings.ts";
import type { MessagesDeps } from "../deps.ts";
import { countHanded } from "../queries/hand-over.pg.ts";
import { readStandings } from "../queries/read-standing.pg.ts";
import { decideSending } from "./decide-sending.ts";
import type { Facts } from "./gather-facts.ts";

export type MaySendDeps = Pick<MessagesDeps, "db" | "clock" | "secrets" | "smtpUrl" | "mailFrom">;

export type Decision = { readonly skip: string } | { readonly later: Temporal.Instant; readonly reason: string };

/**
 * What keeps each of these messages from going out now, by message id; one that is not named may go. Asked in the
 * transaction that hands the messages over, so that two of them cannot both be the last one allowed.
 */
export async function maySend(
  tx: Tx,
  deps: MaySendDeps,
  all: readonly Facts[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Decision>> {
  const personal = all.filter(({ personal }) => personal !== null);
  const standings = await readStandings(
    tx,
    deps.secrets,
    personal.map(({ message, to, personal }) => ({
      id: message.id,
      channel: message.channel,
      address: to,
      profileId: personal?.profile.id ?? "",
    })),
  );
  const decisions = new Map<string, Decision>();
  for (const { message, to, personal: about } of personal) {
    const standing = standings.get(message.id) ?? { suppressed: null, unsubscribed_at: null };
    const { purpose, channel } = message;
    const skip = decideSending({ purpose, channel, address: to, consent: about?.profile.consent ?? {}, standing });
    if (skip !== null) decisions.set(message.id, { skip });
  }
  const { cap } = await readEmailChannel(deps);
  if (cap !== null) await holdToCap(tx, cap, personal, decisions, now);
  return decisions;
}

async function holdToCap(
  tx: Tx,
  cap: NonNullable<EmailChannel["cap"]>,
  all: readonly Facts[],
  decisions: Map<string, Decision>,
  now: Temporal.Instant,
): Promise<void> {
  const counted = all.filter(({ message }) => message.purpose === "marketing" && !decisions.has(message.id));
  if (counted.length === 0) return;
  const since = now.subtract({ seconds: Temporal.Duration.from(cap.per).total("seconds") }).toString();
  const handed = await countHanded(tx, {
    ids: counted.map(({ message }) => message.id),
    profileIds: counted.map(({ personal }) => personal?.profile.id ?? ""),
    channel: "email",
    since,
  });
  for (const { message, personal } of counted) {
    const id = personal?.profile.id ?? "";
    const before = handed.get(id) ?? 0;
    if (before >= cap.messages) decisions.set(message.id, { skip: "frequency_cap" });
    else handed.set(id, before + 1);
  }
}
