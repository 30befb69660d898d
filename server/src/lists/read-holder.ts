import type { FastifyRequest } from "fastify";

import type { Holder } from "./contracts.ts";
import { refuse } from "./errors.ts";

const LONGEST_ID = 300;

/** Whose cart a request may touch: the person's with a shopper token, else only that of the device it names. */
export function readHolder(request: Pick<FastifyRequest, "principal" | "headers">): Holder {
  const { principal, headers } = request;
  if (principal.kind === "shopper") {
    return { kind: "person", profileId: principal.profileId, anonymousId: principal.anonymousId };
  }
  const given = headers["x-kilim-anonymous-id"];
  const anonymousId = typeof given === "string" ? given.trim() : "";
  if (anonymousId === "" || anonymousId.length > LONGEST_ID) throw refuse("device_unknown");
  return { kind: "device", anonymousId };
}
