import { setTimeout as pause } from "node:timers/promises";

import { append, inboxState, newEvent } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { demoShop } from "./demo-shop.ts";
import { liveYear } from "./people/live-year.ts";
import { makePeople, type Person } from "./people/make-people.ts";
import { claimChunk, type LoadRow } from "./queries/load.pg.ts";

export interface Progress {
  /** People whose year is in, and all of them. */
  readonly done: number;
  readonly total: number;
}
export type OnProgress = (progress: Progress) => void;

/** Small enough that a screen sees the bar move, large enough that the pipeline works in full batches. */
const PEOPLE_PER_CHUNK = 100;
/** Events that may wait: what a live shopper does meanwhile stands behind no more than these. */
const MOST_WAITING = 12_000;
const LOOK_EVERY_MS = 50;

/**
 * Sends the demo's people through the real inbox, chunk by chunk. A chunk and the note that it is written commit
 * together, so a killed load goes on where it was and doubles nothing.
 */
export async function loadPeople(
  deps: { readonly db: Db; readonly clock: Clock; readonly bus: Bus },
  load: LoadRow,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const people = makePeople(load.seed, load.people);
  const until = Date.parse(load.until);
  const chunks = Math.ceil(people.length / PEOPLE_PER_CHUNK);
  for (let chunk = load.chunks_done; chunk < chunks && !signal.aborted; chunk++) {
    const first = chunk * PEOPLE_PER_CHUNK;
    await writeChunk(deps, chunk, people.slice(first, first + PEOPLE_PER_CHUNK), load.seed, until);
    deps.bus.wake("inbox");
    await waitUntilBelow(deps.db, MOST_WAITING, signal);
    onProgress({ done: first, total: people.length });
  }
  await waitUntilBelow(deps.db, 0, signal);
  if (!signal.aborted) onProgress({ done: people.length, total: people.length });
}

async function writeChunk(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  chunk: number,
  people: readonly Person[],
  seed: string,
  until: number,
): Promise<void> {
  const events = people.flatMap((person) => liveYear(seed, person, demoShop, until));
  const written = events.map((event) => newEvent(clock, event));
  await inTransaction(db, async (tx) => {
    if (await claimChunk(tx, chunk)) await append(tx, written, personOf);
  });
}

async function waitUntilBelow(db: Db, most: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await inboxState(db)).events > most) {
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** `demo-17-203` is the 203rd thing that person 17 did. */
function personOf({ messageId }: { readonly messageId: string }): string {
  return messageId.slice(0, messageId.lastIndexOf("-"));
}
