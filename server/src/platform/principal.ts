import { refuse } from "./errors.ts";

/** Who makes a request, as far as it has been proven. */
export type Principal =
  | { readonly kind: "anonymous" }
  | { readonly kind: "write"; readonly keyId: string; readonly source: string }
  | {
      readonly kind: "shopper";
      readonly keyId: string;
      readonly source: string;
      readonly profileId: string;
      readonly anonymousId: string;
      readonly sessionId: string;
    }
  | { readonly kind: "secret"; readonly keyId: string; readonly source: string }
  | { readonly kind: "staff"; readonly userId: string; readonly name: string; readonly email: string };

/** What a route lets in. `public` lets everybody in. */
export type Access = "public" | "write" | "shopper" | "secret" | "staff";

/** Management calls: a secret key or a signed-in member of staff. */
export const manage: readonly Access[] = ["secret", "staff"];

/** Calls of a shopper's device: the write key, alone or with a shopper token. */
export const device: readonly Access[] = ["write", "shopper"];

export function isAllowed(access: readonly Access[], principal: Principal): boolean {
  return access.includes("public") || (principal.kind !== "anonymous" && access.includes(principal.kind));
}

/** Who did something, as the books name them: an associate's address, a system's name. */
export function actorOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.email : principal.kind === "secret" ? principal.source : "";
}

/** The person that a shopper token has proven. */
export function shopperOf(principal: Principal): string {
  if (principal.kind !== "shopper") throw refuse("forbidden");
  return principal.profileId;
}
