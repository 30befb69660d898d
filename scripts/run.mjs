/**
 * The one entry of every npm script: `node scripts/run.mjs start|dev|check|test|bench|import|check-stock|journeys|audit|rotate-key [ARGUMENTS]`. It runs on
 * the Node the machine has (20 or newer) before anything is installed, brings the packages and Node 26, and hands over.
 */
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";

import { findNode, install } from "./install.mjs";
import { ROOT } from "./root.mjs";

const [command, ...words] = process.argv.slice(2);

/** What each command needs before it, and what Node 26 then runs. */
const COMMANDS = {
  start: { tools: false, screens: true, run: ["server/src/main.ts"] },
  dev: {
    tools: true,
    screens: true,
    run: ["--watch-path=server/src", "--watch-preserve-output", "server/src/main.ts"],
  },
  check: { tools: true, screens: false, run: ["scripts/check.mjs"] },
  test: { tools: true, screens: true, run: ["scripts/test.mjs"] },
  // What the load generators have asked dies young: their own collections are not to be measured as Kilim's.
  bench: {
    tools: true,
    screens: true,
    run: ["--max-semi-space-size=64", "--heap-growing-percent=400", "bench/run.ts"],
  },
  import: { tools: false, screens: false, run: ["server/src/import.ts"] },
  "check-stock": { tools: false, screens: false, run: ["server/src/stock-check.ts"] },
  journeys: { tools: false, screens: false, run: ["server/src/journeys-command.ts"] },
  audit: { tools: false, screens: false, run: ["server/src/segment-audit.ts"] },
  "rotate-key": { tools: false, screens: false, run: ["server/src/rotate-key.ts"] },
};

const chosen = COMMANDS[command];
if (!chosen) {
  console.error(`usage: npm run ${Object.keys(COMMANDS).join("|")}`);
  process.exit(2);
}

install({ withTools: chosen.tools });
const node = findNode();
process.env.PATH = [dirname(node), join(ROOT, "node_modules/.bin"), process.env.PATH].join(delimiter);
if (chosen.screens) {
  const { buildScreens } = await import("./build-screens.mjs");
  await buildScreens();
}

const child = spawn(node, [...chosen.run, ...words], {
  cwd: ROOT,
  // The C library would keep a heap per thread for each of our processes.
  env: { MALLOC_ARENA_MAX: "2", ...process.env },
  // The channel lets the child notice when this process is killed.
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
// npm and its shell may be killed without a word to us.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, 500).unref();
}
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
