/**
 * Adds to package-lock.json the packages for other kinds of machines that npm left out of it (it does so when the
 * registry at hand did not have them, npm/cli#4828); `npm ci` refuses a lockfile without them. With `--check` it only
 * says which are missing. Run it after adding a package.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root.mjs";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const file = join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !isLocked(path, name))
    .map(([name, version]) => ({ name, version })),
);

for (const { name, version } of missing) lock.packages[`node_modules/${name}`] = describe(name, version);
if (missing.length > 0 && process.argv.includes("--check")) {
  console.error(`package-lock.json lacks ${missing.map(({ name }) => name).join(", ")}`);
  console.error("Run: node scripts/complete-lockfile.mjs");
  process.exit(1);
}
if (missing.length > 0) {
  const packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
}

/** Node looks for a package beside its user first, then in each folder above. */
function isLocked(path, name) {
  for (let above = path; ; above = above.slice(0, Math.max(0, above.lastIndexOf("/node_modules/")))) {
    if (lock.packages[above === "" ? `node_modules/${name}` : `${above}/node_modules/${name}`]) return true;
    if (above === "") return false;
  }
}

/** These packages say in their names what they are for: @oxlint/binding-linux-arm64-musl. */
function describe(name, version) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = words.includes("musl") ? ["musl"] : words.some((word) => word.startsWith("gnu")) ? ["glibc"] : undefined;
  if (!/^\d/.test(version) || (os.length === 0 && cpu.length === 0)) {
    throw new Error(`${name} ${version} is no package for another machine: add it by hand`);
  }
  return { version, cpu, ...(libc ? { libc } : {}), optional: true, os };
}
