import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { Running } from "./engines/keep-running.ts";
import type { EngineAddresses } from "./engines/open.ts";
import type { News } from "./part.ts";
import type { Order, Report } from "./part-messages.ts";
import type { PartName, Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

export interface RunningPart extends Running {
  readonly lines: readonly string[];
}

export type ProcessName = PartName | "prepare";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
/** A part that has not ended by then is killed, so that all of Kilim stops within ten seconds. */
const STOP_MS = 4_000;
/**
 * Room for young objects in MB, from the start: a batch's profiles die young in the worker, and each collection copies what
 * the batches in work hold. The others hold less, so that all of Kilim together stays small.
 */
const SEMI_SPACE: Readonly<Record<ProcessName, number>> = { api: 16, worker: 64, prepare: 8 };
/**
 * Whoever asks the api waits while its old objects are looked through. Helper threads would take three times the processor's
 * time for it, from those who serve: on two cores, 90 requests of 1,000 a second came late for it, and mostly 30 without.
 */
const HOW_TO_COLLECT: Readonly<Record<ProcessName, readonly string[]>> = {
  api: ["--no-concurrent-marking"],
  worker: [],
  prepare: [],
};
/** By how much old objects grow until they are looked through again: the worker's many are kept few. */
const OLD_GROWTH_PERCENT = 100;

/**
 * Starts a part as a process of its own; ready when this returns. Its modules load while `engines` is still on its
 * way. Given up when `signal` aborts before. Throws StartError, or what `engines` throws.
 */
export async function startPartProcess(
  name: ProcessName,
  settings: Settings,
  engines: Promise<EngineAddresses>,
  tell: (news: News) => void,
  signal?: AbortSignal,
): Promise<RunningPart> {
  const child = fork(MAIN, ["--part", name], {
    execArgv: [
      `--max-semi-space-size=${SEMI_SPACE[name]}`,
      `--min-semi-space-size=${SEMI_SPACE[name]}`,
      `--heap-growing-percent=${OLD_GROWTH_PERCENT}`,
      ...HOW_TO_COLLECT[name],
    ],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = new Promise<string>((done) => {
    child.once("exit", (code, signal) => done(String(signal ?? code)));
    child.once("error", (error) => done(error.message));
  });
  const order = (message: Order) => {
    if (child.connected) child.send(message);
  };
  const ready = new Promise<readonly string[]>((done, fail) => {
    child.on("message", (report: Report) => {
      if (report.type === "ready") done(report.lines);
      else if (report.type === "failed") fail(new StartError(report.sentence));
      else if (report.type === "news") tell(report.news);
    });
    void exited.then((end) => fail(new StartError(`The ${name} part ended while it started (${end}); see above.`)));
  });
  try {
    order({ type: "start", settings, engines: await Promise.race([engines, ready.then(never)]) });
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const giveUp = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", giveUp);
  const lines = await ready;
  signal?.removeEventListener("abort", giveUp);
  return {
    pid: child.pid ?? 0,
    exited,
    lines,
    async stop() {
      order({ type: "stop" });
      const patience = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await exited;
      clearTimeout(patience);
    },
  };
}

function never(): never {
  throw new Error("a part was ready before it was told where the engines are");
}
