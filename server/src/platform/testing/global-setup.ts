import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { type DbOptions, openDb } from "../db.ts";
import { type EngineAddresses, openEngines } from "../engines/open.ts";
import { type HistoryOptions, openHistory } from "../history.ts";
import { migrateState } from "../migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: DbOptions;
    history: HistoryOptions;
    template: string;
  }
}

const quiet = { info() {}, warn: (...words: unknown[]) => process.stderr.write(`${words.join(" ")}\n`) };

/** Starts both real engines once for all test files and migrates the database that each file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "kilim-test-"));
  const engines = await openEngines({ dataDir }, quiet);
  const template = `template_${randomBytes(4).toString("hex")}`;
  const stop = async () => {
    await engines.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(engines, template);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("postgres", engines.postgres);
  project.provide("history", engines.history);
  project.provide("template", template);
  return stop;
}

async function makeTemplate(engines: EngineAddresses, template: string): Promise<void> {
  const admin = openDb({ ...engines.postgres, max: 1 });
  await admin.pool.query(`create database ${template}`);
  await admin.close();
  const state = openDb({ ...engines.postgres, database: template, max: 2 });
  await migrateState(state.db);
  await state.close();
  const history = openHistory({ ...engines.history, database: "default" });
  await history.command("select 1");
  await history.close();
}
