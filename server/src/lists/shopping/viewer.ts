import type { FastifyRequest } from "fastify";

import type { Principal } from "../../platform/principal.ts";
import type { Holder } from "../contracts.ts";
import { readHolder } from "../read-holder.ts";

/** Who looks at lists: a device or a person, with the link she may have come by; or the staff. */
export type Viewer =
  | { readonly kind: "holder"; readonly holder: Holder; readonly share: string | null }
  | { readonly kind: "staff"; readonly name: string | null };

export function readViewer(request: Pick<FastifyRequest, "principal" | "headers">): Viewer {
  const { principal, headers } = request;
  if (principal.kind === "staff" || principal.kind === "secret") return staffOf(principal);
  const share = headers["x-kilim-list-share"];
  return { kind: "holder", holder: readHolder(request), share: typeof share === "string" ? share : null };
}

/** An associate goes by her own name; a system has none. */
export function staffOf(principal: Principal): Extract<Viewer, { kind: "staff" }> {
  return { kind: "staff", name: principal.kind === "staff" ? principal.name : null };
}
