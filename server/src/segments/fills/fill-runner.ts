import type { Bus } from "../../platform/bus.ts";
import type { Log } from "../../platform/log.ts";
import { hasFills, noteProblem } from "../queries/fills.pg.ts";
import { clearStates } from "../queries/predicates.pg.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { type FillDeps, peopleAtOnce, stepFill } from "./step-fill.ts";

/** While History catches up or cannot be reached. */
const RETRY_MS = 1_000;
/** Another node may have left a fill behind without a word. */
const LOOK_MS = 10_000;

/** Works fills off in the background, step by step; what was begun before a crash goes on where it stood. */
export class FillRunner {
  readonly #deps: FillDeps;
  readonly #chunks: ChunkReader;
  readonly #bus: Bus;
  readonly #log: Log;
  #loop: Promise<void> | null = null;
  #stop = new AbortController();
  /** Settles with the step under way; its outcome belongs to whoever asked for it. */
  #last: Promise<void> = Promise.resolve();

  constructor(deps: FillDeps, bus: Bus, log: Log) {
    this.#deps = deps;
    this.#chunks = new ChunkReader(deps, peopleAtOnce(deps));
    this.#bus = bus;
    this.#log = log;
  }

  start(): void {
    this.#stop = new AbortController();
    this.#loop = this.#run(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** Returns when no fill is left, or when one waits for History. */
  async drain(): Promise<void> {
    while ((await this.#step()) === "worked");
  }

  /** One step at a time, whoever asks: the loop and a `drain` beside it take turns. */
  #step(): Promise<"worked" | "waiting" | "idle"> {
    const step = this.#last.then(() => this.#stepNow());
    this.#last = step.then(
      () => undefined,
      () => undefined,
    );
    return step;
  }

  async #stepNow(): Promise<"worked" | "waiting" | "idle"> {
    const result = await stepFill(this.#deps, this.#chunks);
    if (typeof result === "string") return result;
    await clearStates(this.#deps.db, result.droppedPredicates);
    this.#bus.wake("timers");
    for (const id of result.segmentIds) this.#bus.changed("segment", id, ["state", "size"]);
    return "worked";
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if ((await this.#step()) === "worked") continue;
        await this.#sleep((await hasFills(this.#deps.db)) ? RETRY_MS : LOOK_MS, signal);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        this.#log.warn({ err: error }, "filling a segment failed; trying again");
        await noteProblem(this.#deps.db, problem.slice(0, 500)).catch((cause: unknown) =>
          this.#log.warn({ err: cause }, "the problem of a fill could not be noted"),
        );
        await this.#sleep(RETRY_MS, signal);
      }
    }
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        off();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const off = this.#bus.onChange((changes) => {
        if (changes.some((change) => change.topic === "segment")) done();
      });
      signal.addEventListener("abort", done, { once: true });
    });
  }
}
