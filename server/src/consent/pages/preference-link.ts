import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import type { Secrets } from "../../platform/secrets.ts";

/** A link in a mail is used for months; one that leaks should not be good for ever. */
const LIVES = { hours: 24 * 180 };
const PURPOSE = "consent.preferences";

/** The address of a person's preference page: it holds nothing readable, and nobody else can make one. */
export function preferencesUrl(
  { secrets, clock, publicUrl }: { secrets: Secrets; clock: Clock; publicUrl: string },
  profileId: string,
): { url: string; expiresAt: Temporal.Instant } {
  const expiresAt = clock.now().add(LIVES);
  const token = secrets.seal(PURPOSE, `${profileId} ${expiresAt.epochMilliseconds}`);
  return { url: `${publicUrl}/t/p/${token}`, expiresAt };
}

/** Whose page it is; null when the token is forged, damaged or too old. */
export function openPreferences({ secrets, clock }: { secrets: Secrets; clock: Clock }, token: string): string | null {
  const [id = "", until] = (secrets.unseal(PURPOSE, token) ?? "").split(" ");
  return isUuid(id) && Number(until) > clock.now().epochMilliseconds ? id : null;
}
