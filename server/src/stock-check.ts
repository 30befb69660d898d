import { parseArgs } from "node:util";

import { checkReport } from "./inventory/contracts.ts";
import { readAccess } from "./platform/installation.ts";
import { readSettings } from "./platform/settings.ts";

const USAGE = `usage: npm run check-stock -- [--url URL] [--key SECRET_KEY]
  Asks a running Kilim whether every counter is the sum of its movements and promises; ends with 1 if one is not.`;

const { values } = parseArgs({
  options: { url: { type: "string" }, key: { type: "string" }, help: { type: "boolean" } },
});

if (values.help) console.log(USAGE);
else process.exitCode = await main();

/** `npm run check-stock`. */
async function main(): Promise<number> {
  const settings = readSettings();
  const url = (values.url ?? `http://${settings.host}:${settings.port}`).replace(/\/+$/, "");
  const key = values.key ?? settings.apiKey ?? (await readAccess(settings.dataDir))?.api_key;
  if (!key) {
    console.error("Which key? Give a secret key with --key or KILIM_API_KEY.");
    return 2;
  }
  const response = await fetch(`${url}/v1/stock/check`, { headers: { authorization: `Bearer ${key}` } }).catch(
    () => null,
  );
  if (!response?.ok) {
    console.error(response ? `${url} answered ${response.status}.` : `Nothing answers at ${url}.`);
    return 2;
  }
  const { items } = checkReport.parse(await response.json());
  for (const { variant_id, location_id, counter, kept, counted } of items) {
    console.log(`${variant_id} at ${location_id}: ${counter} is ${kept}, the ledger says ${counted}`);
  }
  console.log(items.length === 0 ? "Every counter is the sum of its movements." : `${items.length} breaches`);
  return items.length === 0 ? 0 : 1;
}
