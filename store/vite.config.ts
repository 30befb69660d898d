import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const WORKER = "sw.js";

/** The list of all files of a build, for the service worker to keep. */
function listFiles(): Plugin {
  return {
    name: "kilim-files",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((file) => file.startsWith("assets/"));
      this.emitFile({ type: "asset", fileName: "files.json", source: JSON.stringify(files) });
    },
  };
}

/** Served by Kilim at /store/; `npm run dev -w store` proxies everything else to a running Kilim. */
export default defineConfig({
  base: "/store/",
  plugins: [react(), listFiles()],
  // `light-dark()` must stay as written: lowered, it no longer follows a scheme chosen while running.
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    rollupOptions: {
      // The kiosk is a page of its own, served at /kiosk/.
      input: { index: "index.html", kiosk: "kiosk.html", sw: "src/offline/service-worker.ts" },
      output: {
        // Its address is its name: the browser asks for it again to see whether there is a new one.
        entryFileNames: ({ name }) => (name === "sw" ? WORKER : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: { "^/(v1|assets)/": process.env.KILIM_PUBLIC_URL ?? "http://127.0.0.1:4000" } },
});
