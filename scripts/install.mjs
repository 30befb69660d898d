import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root.mjs";

const PINNED_NODE = join(ROOT, "node_modules/node/bin/node");

/**
 * Brings node_modules to what package-lock.json says; does nothing when it is already so. What only tests and checks
 * need (a browser, the compilers) is left out unless `withTools`.
 */
export function install({ withTools }) {
  const stale = findStale(withTools);
  if (stale === undefined) return;
  console.log(`Installing packages (${stale}); this takes about a minute.`);
  const which = withTools || existsSync(join(ROOT, "node_modules/vitest")) ? "--include=dev" : "--omit=dev";
  const { status } = spawnSync("npm", ["ci", which, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(
      "\nThe packages could not be installed: see above; check the network and the disk, then start again.\n",
    );
    process.exit(1);
  }
}

/** Why node_modules is not what package-lock.json says, or undefined. npm keeps there what it installed. */
function findStale(withTools) {
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  if (!installed) return "first start";
  const wanted = readJson("package-lock.json").packages;
  for (const [path, { version, link, dev, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") || link || peer) continue;
    if ((dev || devOptional) && !withTools) continue;
    // What is for another kind of machine is left out.
    if ((optional || devOptional) && !installed[path]) continue;
    if (installed[path]?.version !== version) return `${path.slice("node_modules/".length)} ${version} is new`;
  }
  return undefined;
}

function readJson(path) {
  const file = join(ROOT, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Path of the Node that Kilim runs on: the one npm brought, whatever the machine has. */
export function findNode() {
  if (runs(PINNED_NODE)) return PINNED_NODE;
  // npm was told to run no install scripts; this is the one that puts the binary in its place.
  spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: join(ROOT, "node_modules/node"),
    stdio: "ignore",
  });
  if (runs(PINNED_NODE)) return PINNED_NODE;
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  console.error(
    "\nNode 26 could not be brought along for this machine: install Node 26 or newer, or run `npm rebuild node`, then start again.\n",
  );
  process.exit(1);
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ["--version"], { stdio: "ignore" }).status === 0;
}
