import { parseArgs } from "node:util";

import { ImportRefused, importOrders, WrongFile, writeReport } from "./collect/index.ts";
import { readAccess } from "./platform/installation.ts";
import { readSettings, type Settings } from "./platform/settings.ts";
import { StartError } from "./platform/start-error.ts";

const USAGE = "usage: npm run import -- orders [--url http://127.0.0.1:4000] [--key SECRET_KEY] FILE...";

/** `npm run import`: streams files to a running Kilim and ends with a report. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: "string" }, key: { type: "string" } },
  });
  const [kind, ...files] = positionals;
  if (kind !== "orders" || files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const settings = readSettings();
  const receiver = {
    url: (values.url ?? `http://${settings.host}:${settings.port}`).replace(/\/+$/, ""),
    key: values.key ?? settings.apiKey ?? (await readFirstKey(settings)),
  };
  const report = writeReport(await importOrders(files, receiver, showProgress));
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const line of report) console.log(line);
  return 0;
}

/** The key that the server made at its first start. */
async function readFirstKey(settings: Settings): Promise<string> {
  const access = await readAccess(settings.dataDir);
  if (!access?.api_key) throw new StartError("Which key? Give a secret key with --key or KILIM_API_KEY.");
  return access.api_key;
}

let shown = -1;

function showProgress({ done, total, orders }: { done: number; total: number; orders: number }): void {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const text = `Importing ${percent} % · ${orders.toLocaleString("en")} orders`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else if (Math.floor(percent / 10) !== shown) console.error(text);
  shown = Math.floor(percent / 10);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (process.stderr.isTTY) process.stderr.write("\n");
  const isForReader = error instanceof ImportRefused || error instanceof WrongFile || error instanceof StartError;
  const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
  if (!isForReader && !isMissing) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
