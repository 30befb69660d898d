import { defineConfig } from "vitest/config";

const browserLess = { environment: "node" as const };

export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        test: {
          ...browserLess,
          name: "server",
          include: ["server/src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts", "scripts/**/*.test.ts"],
          globalSetup: ["server/src/platform/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...browserLess,
          name: "screens",
          include: ["dashboard/src/**/*.test.ts", "store/src/**/*.test.ts", "shop/src/**/*.test.ts"],
        },
      },
      { test: { ...browserLess, name: "sdk", include: ["sdk/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
