import { lastInbound } from "../queries/inbound.pg.ts";
import type { Outcome, Tools } from "./adapter.ts";

const WINDOW = { hours: 24 };

/** Free text may go only while the person's own last word is younger than a day; null when it is. */
export async function outsideWindow(
  { db, clock }: Pick<Tools, "db" | "clock">,
  channel: "whatsapp" | "social",
  to: string,
): Promise<Outcome | null> {
  const last = await lastInbound(db, channel, to);
  if (last !== null && Date.parse(last) > clock.now().subtract(WINDOW).epochMilliseconds) return null;
  return { kind: "permanent", reason: "session_closed: the person has not written within 24 hours" };
}
