import type { Clock } from "./clock.ts";

export interface DueLoopOptions {
  readonly clock: Clock;
  /** Works whatever is due now; returns when nothing more is, nothing more can be taken, or `signal` aborts. */
  work(signal: AbortSignal): Promise<void>;
  /** When the next thing is due, null when nothing waits. */
  nextDue(): Promise<string | null>;
  /** Calls back whenever there may be something new; returns how to stop that. */
  onWake(listener: () => void): () => void;
  /** A wake is heeded so much later, together with those that come meanwhile: for what nobody waits for. Unset: at once. */
  heedAfterMs?(): number;
  readonly onError: (error: unknown) => void;
}

export interface DueLoop {
  start(): void;
  /** Returns when the work under way is done. */
  stop(): Promise<void>;
}

/** Wakes are hints and can be lost with a connection: look for yourself after this long, in real time. */
const LOOK_MS = 2_000;
/** Something that is due and cannot be worked (another worker has it) must not turn the loop into a spin. */
const RETRY_MS = 50;

/** Works what is due, then sleeps on the clock until the next due moment or a wake. */
export function createDueLoop(options: DueLoopOptions): DueLoop {
  const stopping = new AbortController();
  let isWoken = false;
  let wakeUp = () => {};
  let running: Promise<void> = Promise.resolve();
  let stopListening = () => {};

  const rest = async (next: string | null): Promise<void> => {
    const waking = new AbortController();
    const abort = () => waking.abort();
    stopping.signal.addEventListener("abort", abort, { once: true });
    const look = setTimeout(abort, isDue(next, options.clock) ? RETRY_MS : LOOK_MS);
    wakeUp = abort;
    if (isWoken || stopping.signal.aborted) abort();
    const never = new Promise<void>((resolve) => waking.signal.addEventListener("abort", () => resolve()));
    if (!waking.signal.aborted) {
      const due = next !== null && !isDue(next, options.clock);
      await (due ? options.clock.sleepUntil(Temporal.Instant.from(next), waking.signal) : never);
    }
    clearTimeout(look);
    stopping.signal.removeEventListener("abort", abort);
    wakeUp = () => {};
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      let next: string | null = null;
      try {
        await options.work(stopping.signal);
        next = await options.nextDue();
      } catch (error) {
        options.onError(error);
      }
      await rest(next);
    }
  };

  return {
    start() {
      let heeding: NodeJS.Timeout | undefined;
      const heed = () => {
        clearTimeout(heeding);
        heeding = undefined;
        isWoken = true;
        wakeUp();
      };
      const stopHearing = options.onWake(() => {
        const ms = options.heedAfterMs?.() ?? 0;
        if (ms === 0) heed();
        else heeding ??= setTimeout(heed, ms);
      });
      stopListening = () => {
        stopHearing();
        clearTimeout(heeding);
      };
      running = run();
    },
    async stop() {
      stopListening();
      stopping.abort();
      await running;
    },
  };
}

function isDue(at: string | null, clock: Clock): boolean {
  return at !== null && Temporal.Instant.compare(Temporal.Instant.from(at), clock.now()) <= 0;
}
