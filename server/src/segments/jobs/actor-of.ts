import type { Principal } from "../../platform/principal.ts";

/** Who began a job, for the record. */
export function actorOf(principal: Principal): string {
  return principal.kind === "staff" ? `staff:${principal.userId}` : "api";
}
