import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Served by Kilim at /shop/; `npm run dev -w shop` proxies everything else to a running Kilim. */
export default defineConfig({
  base: "/shop/",
  plugins: [react()],
  // React's own renderer alone is half of what the whole shop may weigh (decision 014).
  resolve: {
    alias: [
      { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      { find: /^react(-dom)?$/, replacement: "preact/compat" },
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
    ],
  },
  // `light-dark()` must stay as written: lowered, it no longer follows a scheme chosen while running.
  build: { target: "es2022", cssTarget: ["chrome123", "firefox120", "safari17.5"], assetsInlineLimit: 0 },
  server: { proxy: { "^/(v1|assets)/": process.env.KILIM_PUBLIC_URL ?? "http://127.0.0.1:4000" } },
});
