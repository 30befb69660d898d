/** The walls between the rooms: holds every import against the table in .dependency-cruiser.cjs. */
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { cruise } from "dependency-cruiser";

import { ROOT } from "./root.mjs";

const { rooms, forbidden, options } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const SOURCES = ["server/src", "dashboard/src", "store/src", "shop/src", "sdk/src"];

const problems = [...circles(), ...(await readEverything()), ...(await catchPlanted())];
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

/** The table itself: a room may not be reachable from itself. */
function circles() {
  const reaches = (from, goal, seen = new Set()) =>
    rooms[from].some((next) => next === goal || (!seen.has(next) && seen.add(next) && reaches(next, goal, seen)));
  return Object.keys(rooms).flatMap((room) =>
    reaches(room, room) ? [`the table of rooms has a circle at ${room}`] : [],
  );
}

/** Every wrong import, and every source file that the tool silently did not read. */
async function readEverything() {
  const { violations, read } = await look(ROOT, SOURCES);
  const missed = SOURCES.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT })).filter(
    (file) => !file.endsWith(".d.ts") && !read.has(file),
  );
  return [...violations, ...missed.map((file) => `${file} was not read: the walls are not checked there`)];
}

/** Proof that the check can fail: wrong imports in a copy of the smallest kind must be reported. */
async function catchPlanted() {
  const folder = mkdtempSync(join(tmpdir(), "kilim-walls-"));
  const plant = {
    "server/src/orders/index.ts": "export const order = 1;\n",
    "server/src/catalog/queries/hidden.ts": "export const hidden = 1;\n",
    "server/src/catalog/enters-above.ts": 'import { order } from "../orders/index.ts";\nexport const a = order;\n',
    "server/src/orders/past-the-door.ts":
      'import { hidden } from "../catalog/queries/hidden.ts";\nexport const b = hidden;\n',
    "shop/src/page.ts":
      'import type { order } from "../../server/src/orders/index.ts";\nexport type C = typeof order;\n',
  };
  for (const [file, text] of Object.entries(plant)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { violations } = await look(folder, ["server/src", "shop/src"]);
  rmSync(folder, { recursive: true });
  return ["catalog-enters-only-its-own", "through-the-door", "screens-see-contracts-only"].flatMap((rule) =>
    violations.some((text) => text.startsWith(rule)) ? [] : [`the rule ${rule} did not catch a planted wrong import`],
  );
}

async function look(baseDir, folders) {
  const { output } = await cruise(folders, { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  return {
    read: new Set(output.modules.map((module) => module.source)),
    violations: output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}
