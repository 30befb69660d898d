import type { BrandColor, Channel } from "../../../server/src/messages/contracts.ts";

/** The contracts' own lists as plain data: the schemas beside them would come along into the browser. */
export const BRAND_COLORS = [
  "primary",
  "on_primary",
  "accent",
  "background",
  "surface",
  "text",
  "muted",
] as const satisfies readonly BrandColor[];

export const CHANNELS = [
  "email",
  "sms",
  "whatsapp",
  "push",
  "onsite",
  "webhook",
  "letter",
  "call",
  "social",
] as const satisfies readonly Channel[];
