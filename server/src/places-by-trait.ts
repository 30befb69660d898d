import { addressOf, readSuppressed } from "./messages/index.ts";
import type { Db } from "./platform/db.ts";
import type { Secrets } from "./platform/secrets.ts";
import type { Profile } from "./profiles/index.ts";

/** Where people can be reached on a channel, and nothing keeps us from it: by profile id. */
export async function placesByTrait(
  secrets: Secrets,
  db: Db,
  channel: string,
  people: readonly Profile[],
): Promise<Map<string, string>> {
  const places = new Map(people.flatMap(({ id, traits }) => entry(id, placeOf(channel, traits))));
  const asked = [...places.values()].map((address) => ({ channel, address }));
  const suppressed = await readSuppressed(db, secrets, asked);
  return new Map([...places].filter(([, address]) => !suppressed.has(`${channel} ${address}`)));
}

function placeOf(channel: string, traits: Profile["traits"]): string | null {
  if (channel === "email") return addressOf(traits);
  const trait =
    channel === "letter" ? traits.address : ["sms", "whatsapp", "call"].includes(channel) ? traits.phone : null;
  if (typeof trait === "string" && trait !== "") return trait;
  return typeof trait === "object" && trait !== null ? JSON.stringify(trait) : null;
}

function entry(id: string, place: string | null): [string, string][] {
  return place === null ? [] : [[id, place]];
}
