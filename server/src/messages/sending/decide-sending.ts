import type { Consent } from "../../profiles/contracts.ts";
import type { Purpose } from "../contracts.ts";
import type { Standing } from "../queries/read-standing.pg.ts";

export type SkipReason =
  | "no_profile"
  | "no_template"
  | "no_address"
  | "suppressed_bounced"
  | "suppressed_complained"
  | "suppressed_manual"
  | "no_consent"
  | "consent_denied"
  | "unsubscribed"
  | "expired";

export interface SendingFacts {
  readonly purpose: Purpose;
  readonly channel: string;
  readonly address: string | null;
  readonly consent: Consent;
  readonly standing: Standing;
}

/**
 * Whether a message may go out at this very moment; null means yes. Marketing needs consent that was given and not
 * taken back since; what is owed to a person (a receipt) needs only an address that works.
 */
export function decideSending(facts: SendingFacts): SkipReason | null {
  const { standing } = facts;
  if (facts.address === null) return "no_address";
  if (standing.suppressed === "bounced") return "suppressed_bounced";
  if (facts.purpose === "transactional") return null;
  if (standing.suppressed !== null) return `suppressed_${standing.suppressed}`;
  const choice = facts.consent[facts.channel]?.marketing;
  if (!choice) return "no_consent";
  if (choice.state === "denied") return "consent_denied";
  if (standing.unsubscribed_at !== null && Date.parse(standing.unsubscribed_at) >= Date.parse(choice.at)) {
    return "unsubscribed";
  }
  return null;
}
