import type { Line } from "./read-lines.ts";

/** All lines of one invoice, in the order of the file. */
export interface Invoice {
  readonly number: string;
  readonly lines: Line[];
}

/** Invoices held open for further lines: their lines mostly stand together, but not always. */
const OPEN = 2_000;

/** Gathers a stream of lines into invoices with bounded memory: an invoice closes when 2,000 others have begun after it. */
export class InvoiceGrouper {
  readonly #open = new Map<string, Invoice>();

  /** Takes a line; gives back an invoice that is complete by now, if one is. */
  add(line: Line): Invoice | null {
    const known = this.#open.get(line.invoice);
    if (known) {
      known.lines.push(line);
      return null;
    }
    this.#open.set(line.invoice, { number: line.invoice, lines: [line] });
    return this.#open.size > OPEN ? this.#closeOldest() : null;
  }

  /** What is still open at the end. */
  *close(): Generator<Invoice> {
    for (let oldest = this.#closeOldest(); oldest; oldest = this.#closeOldest()) yield oldest;
  }

  #closeOldest(): Invoice | null {
    const first = this.#open.values().next().value;
    if (!first) return null;
    this.#open.delete(first.number);
    return first;
  }
}
