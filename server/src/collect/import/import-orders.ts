import { stat } from "node:fs/promises";

import { decideInvoice } from "./online-retail/decide-invoice.ts";
import { type Invoice, InvoiceGrouper } from "./online-retail/group-invoices.ts";
import { readLines } from "./online-retail/read-lines.ts";
import { Tally } from "./online-retail/tally.ts";
import { createItemMaker, type ImportItem } from "./online-retail/to-items.ts";
import { checkReceiver, ItemSender, type Receiver } from "./send-items.ts";

export interface OrderImport {
  readonly tally: Tally;
  readonly result: ItemSender["result"];
}

/** Told as the files are read, in bytes. */
export type OnRead = (progress: { readonly done: number; readonly total: number; readonly orders: number }) => void;

export const ORDERS_KIND = "orders";
const TELL_EVERY_LINES = 2_000;

/** Streams order files to a running Kilim. Run again it doubles nothing: the server knows every invoice for ever. */
export async function importOrders(files: readonly string[], receiver: Receiver, onRead: OnRead): Promise<OrderImport> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  await checkReceiver(receiver);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const sender = new ItemSender(receiver, ORDERS_KIND);
  const tally = new Tally();
  for await (const item of readItems(files, tally, (bytes, file) => {
    const before = sizes.slice(0, file).reduce((sum, size) => sum + size, 0);
    onRead({ done: before + bytes, total, orders: tally.orders + tally.refunds });
  })) {
    await sender.add(item);
  }
  await sender.end();
  onRead({ done: total, total, orders: tally.orders + tally.refunds });
  return { tally, result: sender.result };
}

/** The items of the files, in the order of their invoices. */
export async function* readItems(
  files: readonly string[],
  tally: Tally,
  onBytes: (bytes: number, file: number) => void = () => {},
): AsyncGenerator<ImportItem> {
  const grouper = new InvoiceGrouper();
  const makeItems = createItemMaker(tally);
  const decide = (invoice: Invoice): ImportItem[] => {
    const sale = decideInvoice(invoice, tally);
    return sale === null ? [] : makeItems(sale);
  };
  for (const [index, file] of files.entries()) {
    tally.files += 1;
    for await (const { row, bytes } of readLines(file)) {
      if ("unreadable" in row) {
        tally.unreadable.push(`${file}: ${row.unreadable}`);
        continue;
      }
      tally.read(row);
      if (tally.lines % TELL_EVERY_LINES === 0) onBytes(bytes, index);
      const complete = grouper.add(row);
      if (complete) yield* decide(complete);
    }
  }
  for (const invoice of grouper.close()) yield* decide(invoice);
}
