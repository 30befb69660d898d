import type { Holder } from "../lists/index.ts";
import type { Principal } from "../platform/principal.ts";
import type { DecideBody } from "./contracts.ts";

/** Who asks: the person behind a shopper token, else only the device that the body names. */
export function readVisitor(principal: Principal, body: DecideBody): Holder {
  return principal.kind === "shopper"
    ? { kind: "person", profileId: principal.profileId, anonymousId: principal.anonymousId }
    : { kind: "device", anonymousId: body.anonymous_id };
}
