import { isUtf8 } from "node:buffer";

/** Why a row cannot be read as one. */
export type RecordFault = "row_too_long" | "quote_not_closed" | "quote_misplaced" | "not_utf8";

/** One row of the file. */
export interface RawRecord {
  readonly text: string;
  /** Where the row after it begins, in bytes from the beginning of the text. */
  readonly end: number;
  readonly fault: RecordFault | null;
}

/** No row, with its line breaks inside quotes, is longer; what is longer is passed over without being kept. */
export const MAX_ROW_BYTES = 1024 * 1024;
const KEPT_OF_FAULTY = 4_000;
const QUOTE = 0x22;
const CR = 0x0d;

export interface SplitOptions {
  /** Null for JSON lines: quotes mean nothing there. */
  readonly delimiter: string | null;
  readonly newline: "\n" | "\r";
  readonly position: number;
}

/**
 * Cuts a stream of UTF-8 into rows, keeping where each ends, so that reading can go on there. A quote that is never
 * closed, or stands in the wrong place, costs its own line: reading goes on with the next.
 */
export class RecordSplitter {
  readonly #delimiter: number;
  readonly #newline: number;
  readonly #hasQuotes: boolean;
  #buffer: Buffer = Buffer.alloc(0);
  /** Where `#buffer` begins in the text. */
  #base: number;
  #isSkipping = false;

  constructor({ delimiter, newline, position }: SplitOptions) {
    this.#delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
    this.#hasQuotes = delimiter !== null;
    this.#newline = newline.charCodeAt(0);
    this.#base = position;
  }

  push(piece: Buffer): RawRecord[] {
    this.#buffer = this.#buffer.length === 0 ? piece : Buffer.concat([this.#buffer, piece]);
    return this.#split(false);
  }

  end(): RawRecord[] {
    return this.#split(true);
  }

  #split(isLast: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    const buffer = this.#buffer;
    let at = 0;
    let quote = this.#hasQuotes ? indexOf(buffer, QUOTE, 0) : buffer.length;
    while (at < buffer.length) {
      const newline = buffer.indexOf(this.#newline, at);
      const lineEnd = newline === -1 ? buffer.length : newline;
      if (this.#isSkipping) {
        at = newline === -1 ? buffer.length : newline + 1;
        if (newline !== -1) this.#isSkipping = false;
        continue;
      }
      if (quote < at) quote = indexOf(buffer, QUOTE, at);
      const walked = quote < lineEnd ? this.#walk(buffer, at, isLast) : { end: newline, fault: null };
      const isTooLong = walked.end === -1 && buffer.length - at > MAX_ROW_BYTES;
      if (walked.end === -1 && !isLast && !isTooLong) break;
      if (walked.fault === null && (walked.end !== -1 || isLast) && !isTooLong) {
        const end = walked.end === -1 ? buffer.length : walked.end;
        records.push(this.#record(buffer, at, end, isUtf8(buffer.subarray(at, end)) ? null : "not_utf8"));
        at = end + 1;
        continue;
      }
      // Only its own line is lost. A line whose end is not in sight is passed over as it comes.
      const fault = newline === -1 && isTooLong ? "row_too_long" : (walked.fault ?? "quote_not_closed");
      if (newline === -1 && !isLast && !isTooLong) break;
      records.push(this.#record(buffer, at, lineEnd, fault));
      this.#isSkipping = newline === -1;
      at = lineEnd + 1;
    }
    this.#base += Math.min(at, buffer.length);
    this.#buffer = at >= buffer.length ? Buffer.alloc(0) : Buffer.from(buffer.subarray(at));
    return records;
  }

  #record(buffer: Buffer, from: number, to: number, fault: RecordFault | null): RawRecord {
    const isCrLf = this.#newline !== CR && to > from && buffer[to - 1] === CR;
    const bytes = buffer.subarray(from, isCrLf ? to - 1 : to);
    const text = (fault === null ? bytes : bytes.subarray(0, KEPT_OF_FAULTY)).toString("utf8");
    return { text, end: this.#base + Math.min(to + 1, buffer.length), fault };
  }

  /** Follows the quotes from the beginning of a row. `end` is where its line break is, -1 when that is not in sight. */
  #walk(buffer: Buffer, from: number, isLast: boolean): { end: number; fault: RecordFault | null } {
    let at = from;
    for (;;) {
      if (buffer[at] !== QUOTE) {
        while (at < buffer.length && buffer[at] !== this.#delimiter && buffer[at] !== this.#newline) at++;
      } else {
        const closing = closingQuote(buffer, at + 1);
        if (closing === -1) return { end: -1, fault: isLast ? "quote_not_closed" : null };
        if (closing + 1 >= buffer.length && !isLast) return { end: -1, fault: null };
        at = closing + 1;
        if (buffer[at] === CR && this.#newline !== CR) {
          if (at + 1 >= buffer.length && !isLast) return { end: -1, fault: null };
          at++;
        }
        if (at < buffer.length && buffer[at] !== this.#delimiter && buffer[at] !== this.#newline)
          return { end: -1, fault: "quote_misplaced" };
      }
      if (at >= buffer.length) return { end: -1, fault: null };
      if (buffer[at] === this.#newline) return { end: at, fault: null };
      at++;
    }
  }
}

function indexOf(buffer: Buffer, byte: number, from: number): number {
  const found = buffer.indexOf(byte, from);
  return found === -1 ? buffer.length : found;
}

/** The quote that ends a quoted cell, past doubled ones; -1 when it is not in sight. */
function closingQuote(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(QUOTE, from); at !== -1; at = buffer.indexOf(QUOTE, at + 2)) {
    if (buffer[at + 1] !== QUOTE) return at;
  }
  return -1;
}

/** The cells of a row whose quotes are in order. */
export function splitCells(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      let closing = text.indexOf('"', at + 1);
      while (closing !== -1 && text[closing + 1] === '"') closing = text.indexOf('"', closing + 2);
      const end = closing === -1 ? text.length : closing;
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const next = text.indexOf(delimiter, at);
      const end = next === -1 ? text.length : next;
      cells.push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) return cells;
  }
}
