import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const kilim = "http://127.0.0.1:4000";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: {
    // Not "assets": the api serves the demo retailer's pictures under /assets/products.
    assetsDir: "assets-ui",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: Object.fromEntries(["/v1", "/assets/products", "/t", "/sdk"].map((path) => [path, kilim])) },
});
