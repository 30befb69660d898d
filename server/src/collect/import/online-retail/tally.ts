import type { Micro } from "./micro.ts";
import type { Line } from "./read-lines.ts";

/** Where the money of a line went; every readable line goes to exactly one of these, so the sums add up to the file's. */
export const BUCKETS = {
  sold: "sold: goods, items keyed by hand (M), less discounts (D)",
  "given-back": "given back: credit notes (C…)",
  shipping: "postage and carriage (POST, DOT, C2), beside the revenue",
  voucher: "gift vouchers sold (gift_…), beside the revenue",
  fee: "left out: fees and samples (BANK CHARGES, AMAZONFEE, CRUK, S)",
  "bad-debt": "left out: bad debt (invoices A…, code B)",
  duplicate: "left out: exact duplicates of a line of the same invoice",
  "negative-price": "left out: prices below zero",
  "stock-correction": "left out: negative pieces at price zero (stock corrections)",
  "nothing-to-pay": "left out: invoices with nothing to pay",
  "no-goods": "left out: invoices of postage, vouchers or fees alone",
} as const;
export type Bucket = keyof typeof BUCKETS;

/** What one run has read and decided. */
export class Tally {
  readonly buckets = new Map<Bucket, { lines: number; money: Micro }>();
  readonly unreadable: string[] = [];
  files = 0;
  lines = 0;
  invoices = 0;
  orders = 0;
  refunds = 0;
  guestOrders = 0;
  customers = 0;
  freeLines = 0;
  caseCodes = 0;
  /** Sum over every readable line, counted before anything is decided. */
  total: Micro = 0;

  read(line: Line): void {
    this.lines += 1;
    this.total += amountOf(line);
    if (line.code !== line.code.toUpperCase() && !/^gift_/i.test(line.code)) this.caseCodes += 1;
  }

  put(bucket: Bucket, lines: readonly Line[]): void {
    const known = this.buckets.get(bucket) ?? { lines: 0, money: 0 };
    const money = lines.reduce((sum, line) => sum + amountOf(line), 0);
    this.buckets.set(bucket, { lines: known.lines + lines.length, money: known.money + money });
  }

  /** Whether every line and every cent is in a bucket. */
  addsUp(): boolean {
    const all = [...this.buckets.values()];
    const lines = all.reduce((sum, bucket) => sum + bucket.lines, 0);
    const money = all.reduce((sum, bucket) => sum + bucket.money, 0);
    return lines === this.lines && money === this.total;
  }
}

export function amountOf(line: Line): Micro {
  return line.quantity * line.price;
}
