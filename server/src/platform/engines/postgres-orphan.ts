import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { StartError } from "../start-error.ts";
import type { EngineLog } from "./engine-log.ts";

/** How long a server left behind may take for its closing checkpoint before it is told to stop at once. */
const FAST_STOP_MS = 8_000;
const STOP_AT_ONCE_MS = 5_000;
/** Above every kernel's highest. */
const NOBODYS_PID = 2_147_483_646;

/**
 * After `kill -9` of Kilim its PostgreSQL lives on. Stops it, in order; its successor starts within half a second.
 * The caller holds the data folder's lock, so nobody else is using that server.
 * The pid file of one that is gone may name another program by now (a container started anew), or a dead process that
 * nobody reaps, which PostgreSQL takes for a living one.
 */
export async function stopOrphan(clusterDir: string, log: EngineLog): Promise<void> {
  const pidFile = join(clusterDir, "postmaster.pid");
  const pid = await readPid(pidFile);
  if (pid === undefined) return;
  if (!isAlive(pid) || !(await runsCluster(pid, clusterDir))) {
    await disown(pidFile);
    return;
  }
  log.info(`Stopping the PostgreSQL that an earlier Kilim left behind (process ${pid}).`);
  for (const [signal, ms] of [
    ["SIGINT", FAST_STOP_MS],
    ["SIGQUIT", STOP_AT_ONCE_MS],
  ] as const) {
    tell(pid, signal);
    if (await goneWithin(pid, ms)) return;
  }
  throw new StartError(
    `A PostgreSQL left behind by an earlier Kilim does not stop: end process ${pid} and start again.`,
  );
}

/** The process number in the first line of a postmaster.pid. */
export async function readPid(pidFile: string): Promise<number | undefined> {
  const text = await readFile(pidFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

/**
 * Puts a number into it that no process has. The rest stays: by it PostgreSQL sees whether sessions of the dead server
 * still hold its memory.
 */
async function disown(pidFile: string): Promise<void> {
  const text = await readFile(pidFile, "utf8").catch(unlessGone);
  if (text !== undefined) await writeFile(pidFile, text.replace(/^\d+/, String(NOBODYS_PID)));
}

/** A server that was just ending has taken its file along. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** Whether a process with this number runs, under whatever account; one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  try {
    // "pid (name) state …"; a container's first process may never reap what it inherits.
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function runsCluster(pid: number, clusterDir: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  return words[0]?.endsWith("postgres") === true && words.includes(clusterDir);
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  for (let waited = 0; waited < ms; waited += 20) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return !isAlive(pid);
}
