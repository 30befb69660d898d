import type { Channel } from "../../../server/src/collect/contracts.ts";

/** Every channel an event can come from, in the order they are offered. */
export const CHANNELS = [
  "web",
  "app",
  "store",
  "kiosk",
  "email",
  "sms",
  "whatsapp",
  "push",
  "social",
  "ads",
  "phone",
  "chat",
  "voice",
  "mail",
  "api",
] as const satisfies readonly Channel[];
