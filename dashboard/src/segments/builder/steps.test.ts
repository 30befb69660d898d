import { expect, test } from "vitest";

import { redo, startSteps, step, undo } from "./steps.ts";

test("what was done is undone and done again, in order", () => {
  const steps = step(step(startSteps("a"), "b"), "c");
  expect(undo(steps).now).toBe("b");
  expect(undo(undo(undo(steps))).now).toBe("a");
  expect(redo(undo(steps)).now).toBe("c");
  expect(redo(steps)).toBe(steps);
});

test("typing into one place is one step; another change after undoing closes the way forth", () => {
  const typed = ["b", "bo", "boo"].reduce((steps, text) => step(steps, text, "name"), startSteps(""));
  expect(undo(typed).now).toBe("");
  const other = step(undo(typed), "x");
  expect(redo(other)).toBe(other);
});
