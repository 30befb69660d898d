import { setTimeout as pause } from "node:timers/promises";

import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { claimDay, finishedLoad } from "../queries/load.pg.ts";
import type { Api } from "./api.ts";
import { playDay } from "./play-day.ts";

export type { Api } from "./api.ts";

export interface DayDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly api: Api;
}

const LOOK_EVERY_MS = 500;

/**
 * Plays the demo's day once, as soon as its year is in. With a mail server set nothing is played: what the day sends is
 * for the mailbox here. A day that was cut off is left as it is.
 */
export async function openDay({ db, clock, api }: DayDeps, signal: AbortSignal): Promise<void> {
  let load = await finishedLoad(db);
  while (load === null) {
    await pause(LOOK_EVERY_MS, undefined, { signal });
    load = await finishedLoad(db);
  }
  const { delivery } = await api({ method: "GET", url: "/v1/channels/email" });
  if (delivery === "mailbox" && (await claimDay(db))) await playDay({ api, clock, ...load });
}
