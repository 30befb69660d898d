import {
  newSecret,
  OLD_SIGNS_ALONG,
  sealedSecretsIn,
  sealSecret,
  signingKeys,
} from "../../platform/outbound/webhook-secret.ts";
import type { JourneysDeps } from "../deps.ts";
import { callSecret, replaceCallSecret } from "../queries/call-secret.pg.ts";

export const sealedCallSecret = sealedSecretsIn("journeys.call_secret");

type Deps = Pick<JourneysDeps, "db" | "clock" | "secrets">;

/** What signs the calls of all journeys at this moment. */
export async function callKeys({ db, clock, secrets }: Deps): Promise<Buffer[]> {
  return signingKeys(secrets, await callSecret(db, sealSecret(secrets, newSecret())), clock.now());
}

/** A new secret, shown this once; the one before signs along for a day. */
export async function rotateCallSecret({ db, clock, secrets }: Deps) {
  const secret = newSecret();
  const until = clock.now().add(OLD_SIGNS_ALONG).toString({ smallestUnit: "millisecond" });
  await replaceCallSecret(db, sealSecret(secrets, secret), until);
  return { secret, old_secret_until: until };
}
