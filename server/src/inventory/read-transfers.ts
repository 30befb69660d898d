import type { Db } from "../platform/db.ts";
import { cursorId, type Page, toPage } from "../platform/pages.ts";
import type { Transfer, TransferQuery } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { listTransfers, loadTransfer, loadTransferLines, type TransferRow } from "./queries/transfers.pg.ts";

export async function readTransfers(db: Db, query: TransferQuery): Promise<Page<Transfer>> {
  const { location = null, state = null, limit } = query;
  const found = await listTransfers(db, { location, state, after: cursorId(query.after), limit: limit + 1 });
  const page = toPage(found, limit, (row) => [row.id]);
  return { items: await show(db, page.items), next: page.next };
}

export async function readTransfer(db: Db, id: string): Promise<Transfer> {
  const row = await loadTransfer(db, id);
  const [transfer] = row ? await show(db, [row]) : [];
  if (!transfer) throw refuse("transfer_not_found");
  return transfer;
}

async function show(db: Db, rows: readonly TransferRow[]): Promise<Transfer[]> {
  const lines = Map.groupBy(
    await loadTransferLines(
      db,
      rows.map((row) => row.id),
    ),
    (line) => line.transfer_id,
  );
  return rows.map(({ sent_from, sent_to, ...row }) => ({
    ...row,
    from: sent_from,
    to: sent_to,
    lines: (lines.get(row.id) ?? []).map(({ variant_id, quantity, received }) => ({ variant_id, quantity, received })),
  }));
}
