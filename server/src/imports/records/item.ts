import { createHash } from "node:crypto";

import type { JsonObject } from "../../platform/json.ts";
import type { RowProblem } from "./problems.ts";

/** One person, event, order or refund of a file, known by its key for ever. */
export interface Item {
  readonly key: string;
  /** SHA-256 in hex of what the row says: tells a repeat from a row that says something else now. */
  readonly digest: string;
  /** Keeps one person's events in one shard. */
  readonly sender: string;
  readonly row: number;
  /** As the Segment API takes them, each with what its `messageId` ends in. */
  readonly events: readonly { readonly suffix: string; readonly raw: JsonObject }[];
}

export interface Converted {
  readonly items: readonly Item[];
  readonly problems: readonly RowProblem[];
}

export interface ConvertFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of people's rows that name no time: when the import was made, so that a second reading gives the same. */
  readonly madeAt: string;
  /** A keyed hash: the ledger outlives the people, so it may not name them. */
  sign(text: string): string;
}

const MOST_KEY = 150;

export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** A business key as it stands, or its hash when it is too long for the ledger. */
export function keyOf(text: string): string {
  return text.length <= MOST_KEY ? text : `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
