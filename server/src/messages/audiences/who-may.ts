import { currentConsent, mayWrite } from "../../consent/index.ts";
import { readGlobalHoldout } from "../../experiments/index.ts";
import type { Db } from "../../platform/db.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { AdNetwork, Hashes } from "../channels/ad-network.ts";
import { phoneOf } from "../channels/places.ts";
import type { MessagesDeps } from "../deps.ts";
import { placeKey, readSuppressed } from "../queries/read-standings.pg.ts";
import { addressOf } from "../sending/address-of.ts";

/** The channel whose consent is asked. */
export const ADS = "ads";

type Deps = Pick<MessagesDeps, "secrets">;

/**
 * What a network is told of each of these people, by profile id: of those who have said yes to ads, are not held out of
 * marketing, and have an address or number that is not suppressed. Who is missing is not to be there.
 */
export async function whoMay(
  db: Db,
  { secrets }: Deps,
  network: Pick<AdNetwork, "hash">,
  profiles: readonly Profile[],
): Promise<Map<string, Hashes>> {
  const consents = await currentConsent(db, profiles);
  const isHeldOut = await readGlobalHoldout(db);
  const known = profiles
    .filter(({ id }) => mayWrite(consents.get(id) ?? {}, ADS, null) === null && !isHeldOut(id))
    .map(({ id, traits }) => ({ id, email: addressOf(traits), phone: phoneOf(traits) }));
  const places = known.flatMap(({ email, phone }) => [
    ...(email === null ? [] : [{ channel: "email", address: email }]),
    ...(phone === null ? [] : [{ channel: "sms", address: phone }]),
  ]);
  const suppressed = await readSuppressed(db, secrets, places);
  const open = (channel: string, address: string | null) =>
    address !== null && suppressed.has(placeKey({ channel, address })) ? null : address;
  return new Map(
    known.flatMap(({ id, email, phone }) => {
      const hashes = network.hash({ email: open("email", email), phone: open("sms", phone) });
      return hashes.length === 0 ? [] : [[id, hashes] as const];
    }),
  );
}
