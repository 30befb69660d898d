import { type ChildProcess, fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { explainFileError, StartError } from "../start-error.ts";
import { makeSocketFolder } from "./socket-folder.ts";

export interface RunningHistory {
  readonly socketPath: string;
  readonly pid: number;
  /** Resolves, never rejects, when the child has ended for whatever reason. */
  readonly exited: Promise<string>;
  /** Lets the statement that runs come to its end, then closes the folder. */
  stop(): Promise<void>;
}

/** A statement that runs longer is cut off: chDB survives it, and what was not confirmed is sent again. */
const STOP_MS = 2_000;
/** How much of the child's last words are kept for the sentence about a failed start. */
const LAST_WORDS = 4_000;

/** Starts the embedded ClickHouse on `<dataDir>/history`; ready when this returns. Throws StartError. */
export async function startHistory(options: { dataDir: string }): Promise<RunningHistory> {
  const dataDir = resolve(options.dataDir);
  const folder = join(dataDir, "history");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sockets = await makeSocketFolder(dataDir, "history", "http.sock");
    const socketPath = join(sockets.path, "http.sock");
    const child = fork(join(import.meta.dirname, "history-child.ts"), [folder, socketPath], {
      execArgv: ["--max-semi-space-size=4", "--max-old-space-size=512", "--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      env: { PATH: "/usr/bin:/bin", TZ: "UTC", LC_ALL: "C", MALLOC_ARENA_MAX: "2", UV_THREADPOOL_SIZE: "2" },
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-LAST_WORDS);
    });
    const exited = new Promise<string>((done) => {
      child.once("exit", (code, signal) => done(`${signal ?? code}${lastLine(said)}`));
      child.once("error", (error) => done(error.message));
    });
    await untilReady(child, exited, folder);
    return {
      socketPath,
      pid: child.pid ?? 0,
      exited,
      async stop() {
        if (child.connected) child.disconnect();
        const patience = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
        await exited;
        clearTimeout(patience);
        await sockets.remove();
      },
    };
  } catch (error) {
    throw explainFileError(error, dataDir) ?? error;
  }
}

async function untilReady(child: ChildProcess, exited: Promise<string>, folder: string): Promise<void> {
  const ready = new Promise<undefined>((done) => {
    child.on("message", (message) => {
      if (message === "ready") done(undefined);
    });
  });
  const end = await Promise.race([ready, exited]);
  if (end === undefined) return;
  if (/No space left|ENOSPC|NOT_ENOUGH_SPACE/.test(end)) {
    throw new StartError(
      `The disk that holds ${folder} is full: free some space, or set KILIM_DATA to a folder on another disk.`,
      end,
    );
  }
  throw new StartError(`The embedded ClickHouse does not start on ${folder} (${end}).`, end);
}

/** Of what a process wrote before it died, the line that tells why: the error itself rather than its stack. */
function lastLine(said: string): string {
  const lines = said.split("\n").filter((line) => line.trim() !== "" && !/^\s+at |^Node\.js v/.test(line));
  const telling = lines.findLast((line) => /error|exception|signal|fatal/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? "" : `: ${telling.trim()}`;
}
