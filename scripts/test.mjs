/** Runs every test and closes with the line `N passed, N failed`. Arguments go to vitest. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root.mjs";

const folder = join(ROOT, "node_modules/.cache/kilim");
const report = join(folder, "tests.json");
mkdirSync(folder, { recursive: true });
rmSync(report, { force: true });

const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);

const { passed, failed } = count();
// An error that no test waited for fails the run, though each test by itself passed.
const alsoFailed = failed === 0 && status !== 0 ? 1 : failed;
console.log(`\n${passed} passed, ${alsoFailed} failed`);
process.exit(alsoFailed === 0 && passed > 0 ? 0 : 1);

/** A file that could not even be loaded holds no test, and counts as one that failed. */
function count() {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const unloaded = results.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: results.numPassedTests, failed: results.numFailedTests + unloaded.length };
}
