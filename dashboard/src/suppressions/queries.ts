import type { SuppressionView } from "../../../server/src/messages/contracts.ts";

export type { SuppressionView };

export const SUPPRESSIONS = ["suppressions"] as const;

/** What people tell us by mouth; tokens and post addresses come here by what providers say of them. */
export const BY_HAND = ["email", "sms", "whatsapp", "call"] as const;

/** An erased person's address is kept as a hash that begins so. */
export function isErased({ address }: SuppressionView): boolean {
  return address.startsWith("erased:");
}
