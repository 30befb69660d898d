import { defineConfig } from "vite";

/** Two builds by `--mode`: `script` is what a script tag loads, otherwise the module for bundlers. */
export default defineConfig(({ mode }) => {
  const isScript = mode === "script";
  return {
    build: {
      target: "es2022",
      emptyOutDir: false,
      lib: {
        entry: isScript ? "src/script.ts" : "src/index.ts",
        name: "kilimSdk",
        formats: [isScript ? "iife" : "es"],
        fileName: () => (isScript ? "kilim.js" : "kilim.mjs"),
      },
    },
  };
});
