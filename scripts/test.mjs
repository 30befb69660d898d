/**
 * Runs every test and closes with the line `N passed, N failed`. Arguments go to vitest. In CI a file that fails beside all
 * others gets one second try by itself, and is named even when that passes: a race to mend, not a reason to lose a landing.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root.mjs";

const folder = join(ROOT, "node_modules/.cache/kilim");
const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
mkdirSync(folder, { recursive: true });

/** More files than this failing at once is no race. */
const MOST_TRIED_AGAIN = 5;

const first = runTests(process.argv.slice(2));
let { passed, failed } = first;
const isWorthATry = process.env.CI && first.failedFiles.length > 0 && first.failedFiles.length <= MOST_TRIED_AGAIN;
if (isWorthATry) {
  const second = runTests(["--no-file-parallelism", ...first.failedFiles]);
  passed += second.passed - first.passedBesideFailed;
  failed = second.failed;
  console.log(`\nFailed beside the others, tried again alone:\n${first.failedFiles.join("\n")}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function runTests(words) {
  const report = join(folder, "tests.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, "run", ...reporters, ...words], {
    cwd: ROOT,
    stdio: "inherit",
  });
  const counted = count(report);
  // An error that no test waited for fails the run, though each test by itself passed.
  return counted.failed === 0 && status !== 0 ? { ...counted, failed: 1 } : counted;
}

/** A file that could not even be loaded holds no test, and counts as one that failed. */
function count(report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { passed: 0, failed: 1, failedFiles: [], passedBesideFailed: 0 };
  }
  const files = results.testResults.filter(({ status }) => status === "failed");
  const unloaded = files.filter(({ assertionResults }) => assertionResults.length === 0);
  const passedBesideFailed = files.flatMap(({ assertionResults }) => assertionResults.filter(isPassed)).length;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded.length,
    failedFiles: files.map(({ name }) => name),
    passedBesideFailed,
  };
}

function isPassed({ status }) {
  return status === "passed";
}
