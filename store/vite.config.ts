import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Served by Kilim at /store/; `npm run dev -w store` proxies everything else to a running Kilim. */
export default defineConfig({
  base: "/store/",
  plugins: [react()],
  // `light-dark()` must stay as written: lowered, it no longer follows a scheme chosen while running.
  build: { target: "es2022", cssTarget: ["chrome123", "firefox120", "safari17.5"], assetsInlineLimit: 0 },
  server: { proxy: { "^/(v1|assets)/": process.env.KILIM_PUBLIC_URL ?? "http://127.0.0.1:4000" } },
});
