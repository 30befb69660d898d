import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import {
  checkReceiver,
  ImportRefused,
  importOrders,
  isOnlineRetail,
  type Receiver,
  WrongFile,
  writeReport,
} from "./collect/index.ts";
import {
  type FileMapping,
  IMPORT_KINDS,
  type ImportKind,
  readMapping,
  runImport,
  tryFile,
  uploadFile,
  writeDryRun,
  writeFileReport,
} from "./imports/index.ts";
import { readAccess } from "./platform/installation.ts";
import { readSettings, type Settings } from "./platform/settings.ts";
import { StartError } from "./platform/start-error.ts";

const USAGE = `usage: npm run import -- people|events|orders [OPTIONS] FILE...
  --map FILE        columns and options as JSON, as POST /v1/imports takes them; else what is suggested is used
  --preset online-retail   orders as in the Online Retail data set (told by its header, too)
  --dry-run         say what the first 10,000 rows would become, take nothing in
  --zone, --currency, --decimal, --date, --channel, --event, --phone-prefix, --consent-at   as the options of the API
  --live            as if it happened now: journeys start, messages are sent
  --url, --key      where Kilim is, and a secret key`;

const OPTIONS = {
  map: { type: "string" },
  preset: { type: "string" },
  "dry-run": { type: "boolean" },
  zone: { type: "string" },
  currency: { type: "string" },
  decimal: { type: "string" },
  date: { type: "string" },
  channel: { type: "string" },
  event: { type: "string" },
  "phone-prefix": { type: "string" },
  "consent-at": { type: "string" },
  live: { type: "boolean" },
  url: { type: "string" },
  key: { type: "string" },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>["values"];

/** `npm run import`: sends files to a running Kilim and ends with a report. */
async function main(): Promise<number> {
  const read = readWords();
  if (!read) {
    console.error(USAGE);
    return 2;
  }
  const { kind, files, values } = read;
  const settings = readSettings();
  const receiver = {
    url: (values.url ?? `http://${settings.host}:${settings.port}`).replace(/\/+$/, ""),
    key: values.key ?? settings.apiKey ?? (await readFirstKey(settings)),
  };
  const isPreset = values.preset !== undefined || (kind === "orders" && !values.map && (await allOnlineRetail(files)));
  if (!isPreset || values["dry-run"]) return importFiles(receiver, kind, files, values);
  const report = writeReport(
    await importOrders(files, receiver, ({ done, total, orders }) =>
      show("Importing", done, total, ` · ${orders.toLocaleString("en")} orders`),
    ),
  );
  print(report);
  return 0;
}

function readWords(): { kind: ImportKind; files: string[]; values: Values } | null {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
    const [word, ...files] = positionals;
    const kind = IMPORT_KINDS.find((one) => one === word);
    if (!kind || files.length === 0) return null;
    if (values.preset !== undefined && (values.preset !== "online-retail" || kind !== "orders")) return null;
    return { kind, files, values };
  } catch {
    return null;
  }
}

async function allOnlineRetail(files: readonly string[]): Promise<boolean> {
  for (const file of files) if (!(await isOnlineRetail(file))) return false;
  return true;
}

async function importFiles(receiver: Receiver, kind: ImportKind, files: readonly string[], values: Values) {
  const mapping = await mappingOf(values);
  await checkReceiver(receiver);
  let code = 0;
  for (const path of files) {
    const file = await uploadFile(receiver, path, ({ done, total }) => show(`Uploading ${path}`, done, total));
    const tried = await tryFile(receiver, file, kind, mapping);
    if (values["dry-run"]) {
      print(writeDryRun(path, tried));
      continue;
    }
    if (tried.missing.length > 0) {
      throw new ImportRefused(`${path}: ${tried.missing.map(({ message }) => message).join("; ")}.`);
    }
    const columns = mapping.columns ?? tried.suggested.columns;
    const options = mapping.columns ? mapping.options : tried.suggested.options;
    const body = { file, kind, columns, options };
    const view = await runImport(receiver, body, ({ done, total }) => show(`Importing ${path}`, done, total));
    print(writeFileReport(view, receiver.url));
    if (view.state !== "done") code = 1;
  }
  return code;
}

/** What the file of a mapping says, and what the words of the command say over it. */
async function mappingOf(values: Values): Promise<FileMapping> {
  const said = {
    zone: values.zone,
    currency: values.currency,
    decimal: values.decimal,
    date: values.date,
    channel: values.channel,
    event: values.event,
    phone_prefix: values["phone-prefix"],
    consent_at: values["consent-at"],
    historical: values.live ? false : undefined,
  };
  const given: unknown = values.map === undefined ? {} : JSON.parse(await readFile(values.map, "utf8"));
  return readMapping(given, said);
}

/** The key that the server made at its first start. */
async function readFirstKey(settings: Settings): Promise<string> {
  const access = await readAccess(settings.dataDir);
  if (!access?.api_key) throw new StartError("Which key? Give a secret key with --key or KILIM_API_KEY.");
  return access.api_key;
}

let shown = "";

function show(what: string, done: number, total: number, more = ""): void {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what} ${percent} %${more}`);
  else if (shown !== `${what} ${Math.floor(percent / 10)}`) console.error(`${what} ${percent} %${more}`);
  shown = `${what} ${Math.floor(percent / 10)}`;
}

function print(lines: readonly string[]): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const line of lines) console.log(line);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (process.stderr.isTTY) process.stderr.write("\n");
  const isForReader = error instanceof ImportRefused || error instanceof WrongFile || error instanceof StartError;
  const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
  const isNoJson = error instanceof SyntaxError;
  if (!isForReader && !isMissing && !isNoJson) throw error;
  console.error(isNoJson ? `The mapping is not valid JSON: ${error.message}` : error.message);
  process.exitCode = 1;
}
