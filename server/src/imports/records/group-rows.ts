import { type Plan, rawValue } from "../mapping/compile-mapping.ts";
import type { Row } from "../reading/read-rows.ts";

/** Rows that become one thing; `refused` names the order when they are too many for that. */
export interface Unit {
  readonly rows: readonly Row[];
  readonly refused: string | null;
}

const MOST_ROWS = 5_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Gathers rows that stand together into units with bounded memory. */
export interface RowGrouper {
  /** Takes a row; gives back the unit that is complete by it. */
  add(row: Row): Unit | null;
  /** What is still open at the end of the file. */
  close(): Unit | null;
}

/** Every row by itself. */
export function oneByOne(): RowGrouper {
  return { add: (row) => ({ rows: [row], refused: null }), close: () => null };
}

/**
 * Consecutive rows with the same order number. A row that cannot be read may belong to the order before or after it, so
 * both stand in one unit with it, and are refused together.
 */
export class OrderGrouper implements RowGrouper {
  readonly #plan: Plan;
  #rows: Row[] = [];
  #bytes = 0;
  #id: string | null = null;
  #isBroken = false;
  /** An order whose further rows are refused, because it had too many. */
  #refusing: string | null;

  constructor(plan: Plan, refusing: string | null) {
    this.#plan = plan;
    this.#refusing = refusing;
  }

  add(row: Row): Unit | null {
    const id = this.#idOf(row);
    if (row.fault !== null) {
      this.#isBroken = true;
      return this.#put(row);
    }
    if (this.#rows.length === 0 || id === this.#id) {
      this.#id = id;
      return this.#put(row);
    }
    if (this.#isBroken && this.#rows.at(-1)?.fault !== null) {
      this.#id = id;
      return this.#put(row);
    }
    const complete = this.#take();
    this.#id = id;
    this.#put(row);
    return complete;
  }

  close(): Unit | null {
    return this.#rows.length === 0 ? null : this.#take();
  }

  #put(row: Row): Unit | null {
    this.#rows.push(row);
    this.#bytes += row.text.length;
    if (this.#id !== this.#refusing) this.#refusing = null;
    if (this.#rows.length < MOST_ROWS && this.#bytes < MOST_BYTES) return null;
    this.#refusing = this.#id;
    return this.#take();
  }

  #take(): Unit {
    const unit = { rows: this.#rows, refused: this.#refusing === this.#id ? this.#id : null };
    this.#rows = [];
    this.#bytes = 0;
    this.#isBroken = false;
    return unit;
  }

  #idOf(row: Row): string | null {
    for (const source of this.#plan.fields.get("order_id") ?? []) {
      const value = rawValue(row, source);
      if (value !== undefined && typeof value !== "object") return String(value);
    }
    return null;
  }
}
