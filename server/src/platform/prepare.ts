import { openDb } from "./db.ts";
import { explainRefusal, prepareEngines } from "./engines/prepare.ts";
import { openHistory } from "./history.ts";
import { prepareSecret } from "./installation.ts";
import { migrateHistory, migrateState } from "./migrate.ts";
import type { StartPart } from "./part.ts";
import { checkHistoryIsShared } from "./share-history.ts";

/**
 * Makes the engines fit for use: databases, then migrations. Runs as a part, in a process of its own that ends when
 * it is done, so that the supervisor need not hold the databases' clients in memory for as long as Kilim runs.
 */
export const prepare: StartPart = async (engines, settings, clock) => {
  await prepareEngines(engines);
  const state = openDb({ ...engines.postgres, max: 1, applicationName: "kilim migrations" });
  const history = openHistory(engines.history);
  try {
    await migrateState(state.db);
    await migrateHistory(history);
    await prepareSecret(state.db, clock, settings);
    await checkHistoryIsShared(state.db, clock, settings);
  } catch (error) {
    throw explainRefusal(error) ?? error;
  } finally {
    await state.close();
    await history.close();
  }
  return { stop: async () => {} };
};
