/** `npm run bench -- NAME [ARGUMENTS]`: runs bench/NAME.ts; its last line is JSON. */
import { readdirSync } from "node:fs";

const [name, ...words] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts" && !file.includes(".test."))
  .map((file) => file.replace(/\.ts$/, ""));

if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- ${names.join("|")}`);
  process.exit(2);
}
process.argv.splice(2, process.argv.length, ...words);
await import(`./${name}.ts`);
