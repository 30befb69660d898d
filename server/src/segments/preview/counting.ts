import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import type { LoadProfiles } from "../take-due.ts";

export interface Counting {
  readonly db: Db;
  readonly history: History;
  readonly loadProfiles: LoadProfiles;
  readonly now: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

export interface Counted {
  readonly size: number;
  readonly ids: readonly string[];
  /** False when the size was reckoned from people drawn by lot. */
  readonly isExact: boolean;
}
