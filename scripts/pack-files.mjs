import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const PACKED = /\.(js|mjs|css|html|svg|json|wasm)$/;
/** Below this the headers weigh more than what is saved. */
const WORTH_BYTES = 1_024;
/** The last two steps of brotli take ten times as long for a hundredth. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Writes a `.br` and a `.gz` beside every file of a built screen that is worth it: slow lines wait a third as long. */
export function packFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) packFiles(path);
    else if (PACKED.test(entry.name) && statSync(path).size >= WORTH_BYTES) {
      const bytes = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, BROTLI));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
}
