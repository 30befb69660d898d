import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";

import type { DbOptions } from "../db.ts";
import type { HistoryOptions } from "../history.ts";
import { explainFileError } from "../start-error.ts";
import { type DataLock, lockDataFolder } from "./data-lock.ts";
import type { EngineLog } from "./engine-log.ts";
import { startHistory } from "./history-process.ts";
import { type Kept, keepRunning, type Running } from "./keep-running.ts";
import { startPostgres } from "./postgres.ts";

export interface EngineSettings {
  readonly dataDir: string;
  /** Servers instead of the embedded engines. */
  readonly databaseUrl?: string | undefined;
  readonly clickhouseUrl?: string | undefined;
}

/** How State and History are reached; plain data, so that it can be handed to another process. */
export interface EngineAddresses {
  readonly postgres: DbOptions;
  readonly history: HistoryOptions;
}

export interface OpenEngines extends EngineAddresses {
  /** Stops what was started here; external servers are left alone. */
  stop(): Promise<void>;
  /** Process numbers of the engines that were started here; a restarted one has another. */
  pids(): { readonly postgres: number | undefined; readonly history: number | undefined };
}

interface KeptEngines {
  postgres?: Kept<Running>;
  history?: Kept<Running>;
}

/** The database of ours on the embedded servers. */
const DATABASE = "kilim";

/**
 * Starts the engines that are not external and keeps them running until `stop`; each is ready when this returns, and
 * comes back on the same address after a crash. Takes the lock of the data folder. `prepareEngines` makes them fit
 * for use; apart, because it needs the databases' clients, which the supervisor does not hold in memory.
 * Throws StartError.
 */
export async function startEngines(settings: EngineSettings, log: EngineLog): Promise<OpenEngines> {
  const { databaseUrl, clickhouseUrl } = settings;
  const dataDir = resolve(settings.dataDir);
  let lock: DataLock | undefined;
  const kept: KeptEngines = {};
  const stop = async () => {
    // History may take its last seconds while PostgreSQL writes its closing checkpoint.
    await Promise.all([kept.postgres?.stop(), kept.history?.stop()]);
    await lock?.release();
  };
  try {
    if (!databaseUrl || !clickhouseUrl) {
      lock = await lockFolder(dataDir);
    }
    const [postgres, history] = await settleBoth(
      databaseUrl ? { connectionString: databaseUrl } : embeddedPostgres(dataDir, log, kept),
      clickhouseUrl ? externalHistory(clickhouseUrl) : embeddedHistory(dataDir, log, kept),
    );
    return {
      postgres,
      history,
      stop,
      pids: () => ({ postgres: kept.postgres?.current().pid, history: kept.history?.current().pid }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As `startEngines`, and fit for use when it returns. Throws StartError. */
export async function openEngines(settings: EngineSettings, log: EngineLog): Promise<OpenEngines> {
  const engines = await startEngines(settings, log);
  try {
    const { prepareEngines } = await import("./prepare.ts");
    await prepareEngines(engines);
    return engines;
  } catch (error) {
    await engines.stop();
    throw error;
  }
}

/** Both are waited for before a failure is passed on, so that `stop` finds all that was started. */
async function settleBoth<A, B>(a: A | Promise<A>, b: B | Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

async function lockFolder(dataDir: string) {
  try {
    await mkdir(dataDir, { recursive: true });
    return await lockDataFolder(dataDir);
  } catch (error) {
    throw explainFileError(error, dataDir) ?? error;
  }
}

async function embeddedPostgres(dataDir: string, log: EngineLog, kept: KeptEngines): Promise<DbOptions> {
  const postgres = await keepRunning("PostgreSQL", () => startPostgres({ dataDir, log }), log);
  kept.postgres = postgres;
  const { host, port, user } = postgres.current();
  return { host, port, user, database: DATABASE };
}

async function embeddedHistory(dataDir: string, log: EngineLog, kept: KeptEngines): Promise<HistoryOptions> {
  const history = await keepRunning("The history child", () => startHistory({ dataDir }), log);
  kept.history = history;
  return { socketPath: history.current().socketPath, database: DATABASE };
}

/** The database may stand in the URL's path; else it is ours. Apart, because the client lets the path win over it. */
function externalHistory(given: string): HistoryOptions {
  const url = new URL(given);
  const database = decodeURIComponent(url.pathname.slice(1)) || DATABASE;
  url.pathname = "/";
  return { url: url.href, database };
}
