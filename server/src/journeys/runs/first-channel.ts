import type { Profile } from "../../profiles/index.ts";
import type { ChooseChannel, JourneysDeps } from "../deps.ts";

/** The address a channel needs, by trait; other channels find people by themselves. */
const NEEDS: Readonly<Record<string, string>> = { email: "email", sms: "phone", whatsapp: "phone", call: "phone" };

/** While nothing has been learnt: the preferred channel, else the first by which somebody may be and can be reached. */
export function firstChannel(loadProfiles: JourneysDeps["loadProfiles"]): ChooseChannel {
  return async (db, asked) => {
    const profiles = await loadProfiles(db, [...new Set(asked.map(({ profileId }) => profileId))]);
    return asked.map(({ profileId, channels }) => {
      const profile = profiles.get(profileId);
      const open = channels.filter((channel) => profile && withheldFrom(profile, channel, "marketing") === null);
      const wished = profile?.traits.preferred_channel ?? profile?.computed.preferred_channel;
      const preferred = open.find((channel) => channel === wished);
      if (preferred !== undefined) return { channel: preferred, why: { by: "preferred" } };
      return open[0] === undefined ? null : { channel: open[0], why: { by: "first_with_consent" } };
    });
  };
}

/** Why a message would not go out to somebody, as far as their profile tells; the sender knows more. */
export type Withheld = "no_address" | "no_consent" | "consent_denied";

export function withheldFrom(
  { traits, consent }: Profile,
  channel: string,
  purpose: "marketing" | "transactional",
): Withheld | null {
  const trait = NEEDS[channel];
  if (trait !== undefined && typeof traits[trait] !== "string") return "no_address";
  const state = purpose === "marketing" ? (consent[channel]?.marketing?.state ?? "unknown") : "granted";
  return state === "granted" ? null : state === "denied" ? "consent_denied" : "no_consent";
}
