/**
 * `npm run journeys -- test FILE…`: goes through the scenarios of journey files and says what did not come as expected.
 * `npm run journeys -- export ID --to FILE` and `import FILE` speak to a running Kilim (`--url`, KILIM_API_KEY).
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { createImagination } from "./imagination.ts";
import { journeyFile, kindsWith, runScenario } from "./journeys/index.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string", default: "http://127.0.0.1:4000" }, to: { type: "string" } },
});
const [command, ...words] = positionals;

switch (command) {
  case "test":
    process.exitCode = (await testFiles(words)) ? 0 : 1;
    break;
  case "export":
    await exportTo(words[0] ?? "", values.to);
    break;
  case "import":
    for (const file of words) await importFrom(file);
    break;
  default:
    console.error("usage: npm run journeys -- test FILE… | export ID [--to FILE] | import FILE…");
    process.exitCode = 2;
}

/** Whether everything came as expected. */
async function testFiles(files: readonly string[]): Promise<boolean> {
  const imagination = createImagination();
  let failed = 0;
  let passed = 0;
  for (const name of files) {
    const read = journeyFile.safeParse(JSON.parse(await readFile(name, "utf8")));
    if (!read.success) {
      failed += 1;
      for (const { path, message } of read.error.issues) console.log(`FAILED ${name}: ${path.join(".")}: ${message}`);
      continue;
    }
    for (const scenario of read.data.scenarios) {
      const { problems } = await runScenario(imagination, kindsWith(), read.data, scenario);
      console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${read.data.name}: ${scenario.name}`);
      for (const problem of problems) console.log(`         ${problem}`);
      if (problems.length === 0) passed += 1;
      else failed += 1;
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

async function exportTo(id: string, file: string | undefined): Promise<void> {
  const text = `${JSON.stringify(await ask(`/v1/journeys/${encodeURIComponent(id)}/file`), null, 2)}\n`;
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}

async function importFrom(file: string): Promise<void> {
  const made = (await ask("/v1/journeys/import", await readFile(file, "utf8"))) as { id: string; name: string };
  console.log(`${made.id}  ${made.name}`);
}

async function ask(path: string, body?: string): Promise<unknown> {
  const response = await fetch(values.url + path, {
    ...(body === undefined ? {} : { method: "POST", body }),
    headers: { authorization: `Bearer ${process.env.KILIM_API_KEY ?? ""}`, "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return await response.json();
}
