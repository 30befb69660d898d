/** Everything a machine can say about the code: format and lint, types, floating promises, walls, dead code. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root.mjs";

const WORKSPACES = ["server", "dashboard", "store", "shop", "sdk"].filter((name) =>
  existsSync(join(ROOT, name, "tsconfig.json")),
);

const STEPS = [
  ["lockfile complete", `"${process.execPath}" scripts/complete-lockfile.mjs --check`],
  ["format and lint", "biome ci --error-on-warnings ."],
  ...WORKSPACES.map((name) => [`types: ${name}`, `tsc -p ${name} --noEmit`]),
  [
    "floating promises",
    "oxlint --type-aware -A all -D typescript/no-floating-promises -D typescript/no-misused-promises server/src dashboard/src store/src shop/src sdk/src test bench",
  ],
  ["walls between rooms", `"${process.execPath}" scripts/walls.mjs`],
  ["dead code", "knip"],
];

let failed = 0;
for (const [name, command] of STEPS) {
  const began = performance.now();
  const { code, output } = await run(command);
  console.log(`${code === 0 ? "ok    " : "FAILED"}  ${name}  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (code === 0) continue;
  failed++;
  console.log(`${output}\n`);
}
if (failed > 0) console.log(`${failed} of ${STEPS.length} checks failed.`);
process.exit(failed > 0 ? 1 : 0);

async function run(command) {
  const child = spawn("sh", ["-c", command], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((done) => child.on("close", done));
  return { code, output };
}
