import { defineConfig } from "vite";

/** Three builds by `--mode`: what a script tag loads, the module for bundlers, and what a service worker imports. */
const BUILDS = {
  script: { entry: "src/script.ts", format: "iife", file: "kilim.js" },
  worker: { entry: "src/push-worker.ts", format: "iife", file: "kilim-push.js" },
  module: { entry: "src/index.ts", format: "es", file: "kilim.mjs" },
} as const;

export default defineConfig(({ mode }) => {
  const { entry, format, file } = BUILDS[mode as keyof typeof BUILDS] ?? BUILDS.module;
  return {
    build: {
      target: "es2022",
      emptyOutDir: false,
      lib: { entry, name: "kilimSdk", formats: [format], fileName: () => file },
    },
  };
});
