import { setTimeout as pause } from "node:timers/promises";

import type { EngineLog } from "./engine-log.ts";

/** A process of ours: an engine or a part. */
export interface Running {
  readonly pid: number;
  /** Resolves, never rejects, when it has ended; with the exit code or the signal. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export interface Kept<R extends Running> {
  current(): R;
  /** Ends it for good. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A process that lived this long was well; its next end is a first one again. */
const WELL_AFTER_MS = 60_000;

/**
 * Starts a process and starts it again whenever it ends by itself, a little later each time. `start` may give up when
 * its signal aborts.
 */
export async function keepRunning<R extends Running>(
  name: string,
  start: (signal: AbortSignal) => Promise<R>,
  log: EngineLog,
): Promise<Kept<R>> {
  const stopping = new AbortController();
  let current = await start(stopping.signal);

  async function watch(): Promise<void> {
    let wait = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      const began = Date.now();
      const end = await current.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - began > WELL_AFTER_MS) wait = FIRST_PAUSE_MS;
      log.warn(`${name} ended unexpectedly (${end}); it is started again.`);
      for (let isUp = false; !isUp; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        isUp = await start(stopping.signal).then(
          (running) => {
            current = running;
            return true;
          },
          (error: unknown) => {
            if (stopping.signal.aborted) return true;
            log.warn(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
            return false;
          },
        );
      }
    }
  }

  const watched = watch();
  return {
    current: () => current,
    async stop() {
      stopping.abort();
      const known = current;
      await known.stop();
      await watched;
      // Its successor may have been on its way up.
      if (current !== known) await current.stop();
    },
  };
}
