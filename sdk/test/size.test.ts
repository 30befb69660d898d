import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test } from "vitest";

test("the script tag's file stays under 10 kB gzipped and brings no dependency", async () => {
  const output = await build({
    root: `${import.meta.dirname}/..`,
    mode: "script",
    logLevel: "silent",
    build: { write: false },
  });
  const [bundle] = [output].flat();
  if (!bundle || !("output" in bundle)) throw new Error("vite gave no output");
  expect(bundle.output).toHaveLength(1);
  const [file] = bundle.output;
  expect(gzipSync(file.code).length).toBeLessThan(10_000);
  expect(Object.keys(file.modules).filter((id) => id.includes("node_modules"))).toEqual([]);
});
