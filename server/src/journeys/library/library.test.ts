import { describe, expect, test } from "vitest";

import { createImagination } from "../../imagination.ts";
import { runScenario } from "../files/run-scenario.ts";
import { kindsWith } from "../nodes/kinds.ts";
import { library } from "./library.ts";

const imagination = createImagination();

test("JRN-25 the library has the journeys that retailers expect", () => {
  expect(library().size).toBe(12);
});

describe.each([...library()])("JRN-25 %s", (_key, file) => {
  test("says everything in three languages in the look of the brand kit, and has a goal", () => {
    for (const { channel = "email", contents } of Object.values(file.templates)) {
      expect(Object.keys(contents).sort()).toEqual(["en", "id", "tr"]);
      // Mails of blocks have colours, logo and footer of the kit, and can be changed in the composer.
      if (channel === "email") for (const content of Object.values(contents)) expect(content).toHaveProperty("blocks");
      expect(JSON.stringify(contents)).not.toMatch(/#[0-9a-f]{6}/i);
    }
    expect(file.graph.goal).toHaveProperty("event");
    expect(file.scenarios.length).toBeGreaterThan(0);
  });
  test.each(file.scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    const run = await runScenario(imagination, kindsWith(), file, scenario);
    expect(run.problems, JSON.stringify(run.rehearsed.steps, null, 1)).toEqual([]);
  });
});
