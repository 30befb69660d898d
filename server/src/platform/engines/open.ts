import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";

import type { DbOptions } from "../db.ts";
import type { HistoryOptions } from "../history.ts";
import { explainFileError } from "../start-error.ts";
import { lockDataFolder } from "./data-lock.ts";
import type { EngineLog } from "./engine-log.ts";
import { startHistory } from "./history-process.ts";
import { keepRunning } from "./keep-running.ts";
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
  /** Stops what was started here, History first; external servers are left alone. */
  stop(): Promise<void>;
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
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    if (!databaseUrl || !clickhouseUrl) {
      const lock = await lockFolder(dataDir);
      stops.push(() => lock.release());
    }
    const [postgres, history] = await settleBoth(
      databaseUrl ? { connectionString: databaseUrl } : embeddedPostgres(dataDir, log, stops),
      clickhouseUrl ? externalHistory(clickhouseUrl) : embeddedHistory(dataDir, log, stops),
    );
    return { postgres, history, stop };
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

async function embeddedPostgres(dataDir: string, log: EngineLog, stops: (() => Promise<void>)[]): Promise<DbOptions> {
  const kept = await keepRunning("PostgreSQL", () => startPostgres({ dataDir, log }), log);
  stops.push(kept.stop);
  const { host, port, user } = kept.current();
  return { host, port, user, database: DATABASE };
}

async function embeddedHistory(
  dataDir: string,
  log: EngineLog,
  stops: (() => Promise<void>)[],
): Promise<HistoryOptions> {
  const kept = await keepRunning("The history child", () => startHistory({ dataDir }), log);
  stops.push(kept.stop);
  return { socketPath: kept.current().socketPath, database: DATABASE };
}

/** The database may stand in the URL's path, as `@clickhouse/client` reads it; else it is ours. */
function externalHistory(url: string): HistoryOptions {
  const { pathname } = new URL(url);
  return { url, database: pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : DATABASE };
}
