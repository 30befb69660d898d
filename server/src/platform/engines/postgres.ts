import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { access, chown, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { explainFileError, StartError } from "../start-error.ts";
import type { EngineLog } from "./engine-log.ts";
import { findPostgres } from "./postgres-binaries.ts";
import { readPid, stopOrphan } from "./postgres-orphan.ts";
import { makeSocketFolder } from "./socket-folder.ts";
import { type Account, chooseAccount } from "./unprivileged.ts";

/** The socket's name carries a port; nothing listens on it. */
const PORT = 5432;
const USER = "kilim";
/** A closing checkpoint that takes longer is left to the next start, which replays the log. */
const STOP_MS = 3_500;

export interface RunningPostgres {
  /** Folder of the socket; `pg` takes it as host. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly pid: number;
  /** Resolves, never rejects, when the server has ended for whatever reason. */
  readonly exited: Promise<string>;
  /** Stops in order: sessions are cut, what is committed is safe, a checkpoint is written. */
  stop(): Promise<void>;
}

/** Small, and durable in every respect: nothing here trades safety for speed. */
const CONFIGURATION: Readonly<Record<string, string>> = {
  listen_addresses: "",
  port: String(PORT),
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "160MB",
  max_connections: "60",
  max_worker_processes: "4",
  max_wal_size: "2GB",
  min_wal_size: "128MB",
  checkpoint_timeout: "15min",
  // The inbox turns over in seconds.
  autovacuum_naptime: "5s",
  max_wal_senders: "0",
  wal_level: "minimal",
  io_method: "sync",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_min_messages: "warning",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
  unix_socket_permissions: "0700",
  cluster_name: "kilim",
};

/**
 * Starts the embedded PostgreSQL on `<dataDir>/postgres`, made on first use; ready when this returns. The caller
 * holds the lock of the data folder. It listens on a private socket only and lives in its own process group, so
 * that Ctrl-C reaches it through us. Throws StartError.
 */
export async function startPostgres(options: { dataDir: string; log: EngineLog }): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, "postgres");
  const logFile = join(dataDir, "postgres.log");
  try {
    await mkdir(dataDir, { recursive: true });
    const binaries = await findPostgres();
    const passed = [dataDir, binaries.root, join(binaries.root, "bin"), join(binaries.root, "lib")];
    const account = chooseAccount(passed, cluster);
    if (await isMissing(join(cluster, "PG_VERSION"))) await makeCluster(binaries.initdb, cluster, account);
    await stopOrphan(cluster, options.log);
    const sockets = await makeSocketFolder(dataDir, "postgres", `.s.PGSQL.${PORT}`, account.other);
    const start = () => startServer(binaries.postgres, cluster, sockets.path, logFile, account, options.log);
    const child = await start().catch(async (error: unknown) => {
      // Sessions of a server that was killed need a moment to notice; until then its memory is taken.
      if (!(error instanceof StartError) || !/pre-existing shared memory/.test(String(error.cause))) throw error;
      await pause(1_000);
      return await start();
    });
    return describe(child, sockets);
  } catch (error) {
    throw explainFileError(error, dataDir) ?? error;
  }
}

function describe(child: ChildProcess, sockets: { path: string; remove(): Promise<void> }): RunningPostgres {
  const exited = ended(child);
  return {
    host: sockets.path,
    port: PORT,
    user: USER,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill("SIGINT");
      const patience = setTimeout(() => child.kill("SIGQUIT"), STOP_MS);
      await exited;
      clearTimeout(patience);
      await sockets.remove();
    },
  };
}

function ended(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(String(child.signalCode ?? child.exitCode));
  }
  return once(child, "exit").then(([code, signal]) => String(signal ?? code));
}

/** Makes the cluster beside its place and moves it there, so that an interrupted start leaves nothing half made. */
async function makeCluster(initdb: string, cluster: string, account: Account): Promise<void> {
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  if (account.other) await chown(draft, account.other.uid, account.other.gid);
  // The builtin C.UTF-8 needs no locale of the operating system; ICU collations can be named per column.
  const { file, args, ...as } = account.command(initdb, [
    `--pgdata=${draft}`,
    `--username=${USER}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ]);
  const child = spawn(file, args, { ...as, cwd: "/", env: engineEnvironment(), stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const end = await new Promise<string>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done(String(signal ?? code)));
  });
  if (end !== "0") {
    await rm(draft, { recursive: true, force: true });
    throw explainLog(said, cluster);
  }
  await rm(cluster, { recursive: true, force: true });
  await rename(draft, cluster);
}

async function startServer(
  postgres: string,
  cluster: string,
  socketFolder: string,
  logFile: string,
  account: Account,
  log: EngineLog,
): Promise<ChildProcess> {
  const configuration = { ...CONFIGURATION, unix_socket_directories: socketFolder };
  const { file, args, ...as } = account.command(postgres, [
    "-D",
    cluster,
    ...Object.entries(configuration).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const output = await open(logFile, "w");
  try {
    const child = spawn(file, args, {
      ...as,
      cwd: "/",
      env: engineEnvironment(),
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
    });
    await untilReady(child, cluster, logFile, log);
    return child;
  } finally {
    await output.close();
  }
}

/** The server writes "ready" into its pid file; pg_ctl waits for the same. */
async function untilReady(child: ChildProcess, cluster: string, logFile: string, log: EngineLog): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const pidFile = join(cluster, "postmaster.pid");
  for (let waited = 0; ; waited += 10) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw explainLog(await readFile(logFile, "utf8").catch(() => ""), cluster);
    }
    if ((await readPid(pidFile)) === child.pid && /\nready\s*$/.test(await readFile(pidFile, "utf8"))) return;
    if (waited === 5_000) log.info("PostgreSQL is recovering from a crash; this can take a while.");
    await pause(10);
  }
}

function explainLog(text: string, cluster: string): Error {
  if (/No space left on device/.test(text)) {
    return new StartError(
      `The disk that holds ${cluster} is full: free some space, or set KILIM_DATA to a folder on another disk.`,
      text,
    );
  }
  if (/database files are incompatible|was initialized by PostgreSQL version/.test(text)) {
    return new StartError(
      `${cluster} was made by another major version of PostgreSQL: start the Kilim that made it, or restore a backup into an empty KILIM_DATA.`,
      text,
    );
  }
  const last = text.trim().split("\n").slice(-3).join(" ");
  return new StartError(`PostgreSQL does not start on ${cluster}: ${last || "it said nothing"}`, text);
}

/** Nothing of the caller's locale, PGDATA or library path reaches the server. */
function engineEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };
}

function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    () => true,
  );
}
