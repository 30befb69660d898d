import type { Consent } from "../profiles/contracts.ts";

/** What people come to by themselves, or what goes to a machine. */
const STAYS: ReadonlySet<string> = new Set(["onsite", "in_app", "webhook"]);

/** Whether a channel goes to people, so that their consent, hours and caps are asked. */
export function reachesOut(channel: string): boolean {
  return !STAYS.has(channel);
}

export type NoConsent = "no_consent" | "consent_denied" | "unsubscribed" | "topic_denied";

/**
 * Whether marketing about a topic (or none) may go to a person on a channel; null is yes. A yes to the topic is enough
 * by itself unless everything was refused later (said at once, it is "not everything, but this"); a no to the topic holds until it is taken back for that topic.
 */
export function mayWrite(consent: Consent, channel: string, topic: string | null): NoConsent | null {
  if (!reachesOut(channel)) return null;
  const choices = own(consent, channel);
  const general = own(choices, "marketing");
  const about = topic === null ? undefined : own(choices, topic);
  if (about?.state === "denied") return "topic_denied";
  if (about && (!general || general.state === "granted" || Date.parse(about.at) >= Date.parse(general.at))) return null;
  if (!general) return "no_consent";
  if (general.state === "granted") return null;
  return general.source === "unsubscribe_link" ? "unsubscribed" : "consent_denied";
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
