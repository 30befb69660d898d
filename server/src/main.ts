/** Kilim. Without arguments: the supervisor, which starts the engines and the parts. `--part NAME`: one part. */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import type { StartPart } from "./platform/part.ts";

// Modules without their types, compiled, for the next start: it is faster and each process 20 MB smaller.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/kilim", import.meta.url)));

const { part } = parseArgs({ options: { part: { type: "string" } } }).values;

// Imported when needed: what the supervisor loads it holds in memory for as long as Kilim runs.
if (part === undefined) {
  const { supervise } = await import("./supervisor.ts");
  await supervise();
} else {
  const { runPart } = await import("./platform/run-part.ts");
  await runPart(await loadPart(part));
}

async function loadPart(name: string): Promise<StartPart> {
  switch (name) {
    case "api":
      return afterPostgres((await import("./parts/api.ts")).startApi);
    case "worker":
      return afterPostgres((await import("./parts/worker.ts")).startWorker);
    case "prepare":
      return (await import("./platform/prepare.ts")).prepare;
    default:
      throw new Error(`there is no part ${name}`);
  }
}

/** A part that comes back may find PostgreSQL coming back as well. */
async function afterPostgres(start: StartPart): Promise<StartPart> {
  const { untilPostgresAnswers } = await import("./platform/engines/await-postgres.ts");
  return async (engines, ...given) => {
    await untilPostgresAnswers(engines.postgres);
    return await start(engines, ...given);
  };
}
