import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import type { Secrets } from "../../platform/secrets.ts";

export const OPT_IN_LIVES = { hours: 24 * 7 };
const PURPOSE = "consent.confirm";

interface Asked {
  /** Of the message that carries the link: it is confirmed once. */
  readonly id: string;
  /** Where it was sent to. */
  readonly email: string;
  readonly language: string;
}

/** Where the reader of a mail says that its address is theirs and that they want to hear from us. Nobody else can make one. */
export function confirmUrl(
  { secrets, clock, publicUrl }: { secrets: Secrets; clock: Clock; publicUrl: string },
  { id, email, language }: Asked,
): string {
  const token = secrets.seal(PURPOSE, [id, clock.now().epochMilliseconds, language, email].join(" "));
  return `${publicUrl}/t/d/${token}`;
}

/** What was asked; null when the link is forged, damaged or too old. */
export function openConfirm(
  { secrets, clock }: { secrets: Secrets; clock: Clock },
  token: string,
): (Asked & { readonly askedAt: Temporal.Instant; readonly until: Temporal.Instant }) | null {
  const [id = "", at, language = "", ...email] = (secrets.unseal(PURPOSE, token) ?? "").split(" ");
  if (!isUuid(id)) return null;
  const askedAt = Temporal.Instant.fromEpochMilliseconds(Number(at));
  const until = askedAt.add(OPT_IN_LIVES);
  return Temporal.Instant.compare(until, clock.now()) > 0
    ? { id, email: email.join(" "), language, askedAt, until }
    : null;
}
