import type { Channel } from "../content/kinds.ts";
import type { Adapter } from "./adapter.ts";
import { mailbox } from "./email-mailbox.ts";
import { smtp } from "./email-smtp.ts";

/** Every provider we can send over. */
export const ADAPTERS: readonly Adapter[] = [smtp, mailbox];

export function adapterOf(channel: Channel, provider: string): Adapter | undefined {
  return ADAPTERS.find((one) => one.channel === channel && one.provider === provider);
}
