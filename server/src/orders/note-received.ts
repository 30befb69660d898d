import type { Tx } from "../platform/db.ts";
import {
  type AnnouncedLine,
  type AnnouncedRow,
  loadAnnounced,
  type Received,
  saveReceived,
} from "./queries/announced-returns.pg.ts";

/** What is taken back, wherever it is, was what had been announced: the oldest first. The order is locked. */
export async function noteReceived(
  tx: Tx,
  orderId: string,
  lines: readonly { readonly position: number; readonly quantity: number }[],
): Promise<void> {
  const left = new Map<number, number>();
  for (const { position, quantity } of lines) left.set(position, (left.get(position) ?? 0) + quantity);
  const received: Received[] = [];
  for (const line of (await loadAnnounced(tx, orderId)).flatMap(openLines)) {
    const taken = Math.min(line.open, left.get(line.position) ?? 0);
    if (taken === 0) continue;
    left.set(line.position, (left.get(line.position) ?? 0) - taken);
    received.push({ announced_id: line.announcedId, position: line.position, received: line.received + taken });
  }
  if (received.length > 0) await saveReceived(tx, received);
}

interface OpenLine extends AnnouncedLine {
  readonly announcedId: string;
  /** So many of it have not come yet. */
  readonly open: number;
}

export function openLines({ id, withdrawn_at, lines }: AnnouncedRow): OpenLine[] {
  if (withdrawn_at !== null) return [];
  return lines.map((line) => ({ ...line, announcedId: id, open: line.quantity - line.received }));
}
