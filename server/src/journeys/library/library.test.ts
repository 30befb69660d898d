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
  test("says everything in three languages and has a goal or an end", () => {
    for (const { contents } of Object.values(file.templates))
      expect(Object.keys(contents).sort()).toEqual(["en", "id", "tr"]);
    expect(file.scenarios.length).toBeGreaterThan(0);
  });
  test.each(file.scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    const run = await runScenario(imagination, kindsWith(), file, scenario);
    expect(run.problems, JSON.stringify(run.rehearsed.steps, null, 1)).toEqual([]);
  });
});
