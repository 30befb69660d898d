import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { readAccess } from "./platform/installation.ts";
import { readSettings } from "./platform/settings.ts";
import { type AuditView, auditDifferencePage, auditView } from "./segments/contracts.ts";

const USAGE = `usage: npm run audit -- [--segment ID] [--url URL] [--key SECRET_KEY]
  Asks a running Kilim whether everybody who is in a segment belongs there by all their events, and everybody who
  belongs there is in; ends with 1 if somebody is not.`;
const LOOK_MS = 500;
const SHOWN = 20;

const { values } = parseArgs({
  options: {
    segment: { type: "string" },
    url: { type: "string" },
    key: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await main();

/** `npm run audit`. */
async function main(): Promise<number> {
  const settings = readSettings();
  const url = (values.url ?? `http://${settings.host}:${settings.port}`).replace(/\/+$/, "");
  const key = values.key ?? settings.apiKey ?? (await readAccess(settings.dataDir))?.api_key;
  if (!key) return stop("Which key? Give a secret key with --key or KILIM_API_KEY.");
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) };
    const given = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(`${url}/v1/segments/audits${path}`, given).catch(() => null);
    if (!response) throw new Error(`Nothing answers at ${url}.`);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  try {
    let audit = auditView.parse(await ask("POST", "", values.segment ? { segment_id: values.segment } : {}));
    for (let shown = -1; audit.state === "waiting" || audit.state === "running"; await pause(LOOK_MS)) {
      const percent = audit.people === 0 ? 0 : Math.min(100, Math.floor((audit.looked_at / audit.people) * 10) * 10);
      if (percent !== shown) console.error(`Comparing ${percent} %`);
      shown = percent;
      audit = auditView.parse(await ask("GET", `/${audit.id}`));
    }
    const { items } = auditDifferencePage.parse(await ask("GET", `/${audit.id}/differences?limit=${SHOWN}`));
    for (const { segment_name, profile_id, live } of items)
      console.log(
        `${segment_name}: ${profile_id} ${live ? "is in, and does not belong there" : "belongs there, and is not in"}`,
      );
    return close(audit);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function close({ state, looked_at, segments, differences, unsettled }: AuditView): number {
  console.log(
    `${looked_at} people, ${segments.length} segments: ${differences} differences, ${unsettled} could not be told yet`,
  );
  if (state !== "done") return stop(`The audit has ${state === "failed" ? "failed" : "been cancelled"}.`);
  return differences === 0 ? 0 : 1;
}

function stop(sentence: string): number {
  console.error(sentence);
  return 2;
}
