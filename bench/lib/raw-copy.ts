import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pg from "pg";

import { startPostgres } from "../../server/src/platform/engines/postgres.ts";

const ROUNDS = 10;
const ROWS = 10_000;

/** The physical limit beside it: events as one text column each, by COPY in transactions of 10,000, fsync on. Rows/s. */
export async function measureCopy(makeEvent: () => object): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "kilim-copy-"));
  const postgres = await startPostgres({ dataDir: folder, log: { info() {}, warn() {} } });
  const client = new pg.Client({ host: postgres.host, port: postgres.port, user: postgres.user, database: "postgres" });
  await client.connect();
  await client.query("create table raw (line text)");
  const file = join(tmpdir(), `kilim-copy-${process.pid}.txt`);
  const lines = Array.from({ length: ROWS }, () => `${JSON.stringify(makeEvent()).replaceAll("\\", "\\\\")}\n`);
  await writeFile(file, lines.join(""), { mode: 0o644 });
  const start = performance.now();
  for (let i = 0; i < ROUNDS; i++) await client.query(`copy raw from '${file}'`);
  const rate = (ROUNDS * ROWS) / ((performance.now() - start) / 1000);
  await client.end();
  await postgres.stop();
  await rm(file);
  await rm(folder, { recursive: true, force: true });
  return rate;
}
