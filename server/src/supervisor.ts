import { flushCompileCache } from "node:module";

import { type Kept, keepRunning } from "./platform/engines/keep-running.ts";
import { type EngineAddresses, type OpenEngines, startEngines } from "./platform/engines/open.ts";
import { type RunningPart, startPartProcess } from "./platform/part-process.ts";
import { untilPortIsFree } from "./platform/port.ts";
import { readSettings, type Settings } from "./platform/settings.ts";
import { StartError } from "./platform/start-error.ts";
import { terminal } from "./platform/terminal.ts";

/** What has not ended by then ends by itself when it sees that we are gone; nothing answered is lost. */
const STOP_AT_LATEST_MS = 9_000;

/**
 * Starts engines, migrations and parts in this order, keeps them running, and stops them in the opposite order on
 * SIGTERM or SIGINT within ten seconds. What the operator can mend ends the process with one sentence and code 1.
 */
export async function supervise(): Promise<void> {
  const began = performance.now();
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());
  // The script that started us was killed.
  process.on("disconnect", () => stopping.abort());
  process.channel?.unref();
  stopping.signal.addEventListener("abort", () => setTimeout(() => process.exit(), STOP_AT_LATEST_MS).unref());
  try {
    const settings = readSettings();
    const engines = startEngines(settings, terminal);
    try {
      await runParts(settings, prepare(settings, engines), began, stopping.signal);
    } finally {
      await engines.then((started) => started.stop()).catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    terminal.error(error.message);
    process.exitCode = 1;
  }
}

/** What must be done before a part may begin. */
async function prepare(settings: Settings, engines: Promise<OpenEngines>): Promise<EngineAddresses> {
  const addresses = engines.then(({ postgres, history }) => ({ postgres, history }));
  const preparation = await startPartProcess("prepare", settings, addresses, terminal.news);
  await preparation.stop();
  if (settings.parts.includes("api")) await untilPortIsFree(settings.host, settings.port);
  return await addresses;
}

/** Returns when `signal` aborts and every part has ended. */
async function runParts(
  settings: Settings,
  engines: Promise<EngineAddresses>,
  began: number,
  signal: AbortSignal,
): Promise<void> {
  const starts = settings.parts.map((name) =>
    keepRunning(`The ${name} part`, (stop) => startPartProcess(name, settings, engines, terminal.news, stop), terminal),
  );
  const settled = await Promise.allSettled(starts);
  const parts = settled.flatMap((start): Kept<RunningPart>[] => (start.status === "fulfilled" ? [start.value] : []));
  try {
    await Promise.all(starts);
    const lines = parts.flatMap((part) => part.current().lines);
    if (!signal.aborted) terminal.ready(lines, performance.now() - began);
    flushCompileCache();
    await aborted(signal);
    terminal.info("Kilim is stopping.");
  } finally {
    await Promise.all(parts.map((part) => part.stop()));
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
