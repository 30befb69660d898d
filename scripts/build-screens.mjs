import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { packFiles } from "./pack-files.mjs";
import { ROOT } from "./root.mjs";

const WORKSPACES = ["sdk", "dashboard", "store", "shop"];

/** Builds each screen whose `dist` is missing or older than its sources, by the `build` script of its package. */
export async function buildScreens() {
  const stale = WORKSPACES.filter(isStale);
  if (stale.length === 0) return;
  console.log(`Building ${stale.join(", ")}.`);
  // The SDK first: the shop is built with it.
  const [first, rest] = stale[0] === "sdk" ? [["sdk"], stale.slice(1)] : [[], stale];
  await Promise.all(first.map(build));
  await Promise.all(rest.map(build));
}

function isStale(workspace) {
  const folder = join(ROOT, workspace);
  if (!existsSync(join(folder, "vite.config.ts"))) return false;
  const stamp = statSync(join(folder, "dist/.built"), { throwIfNoEntry: false });
  return !stamp || newest(folder) > stamp.mtimeMs || newest(join(ROOT, "server/src"), "contracts.ts") > stamp.mtimeMs;
}

/** The newest change below a folder, in ms; with `name`, of the files of that name only. */
function newest(folder, name) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name === "dist") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path, name));
    else if (!name || entry.name === name) latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}

async function build(workspace) {
  const cwd = join(ROOT, workspace);
  const script = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).scripts?.build ?? "vite build";
  const child = spawn("sh", ["-c", script], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) {
    console.error(`${output}\nThe ${workspace} screens could not be built: see above.\n`);
    process.exit(1);
  }
  packFiles(join(cwd, "dist"));
  writeFileSync(join(cwd, "dist/.built"), "");
}
