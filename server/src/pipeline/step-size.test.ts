import { expect, test } from "vitest";

import { MOST_PEOPLE, nextStep } from "./step-size.ts";

test("a crowd is swept in steps that are short where the machine is slow, and large where it is fast", () => {
  const sizes = (msPerPerson: number, ofItself: number) => {
    const found = [MOST_PEOPLE];
    for (let n = 0; n < 8; n++) {
      const people = found.at(-1) ?? 0;
      found.push(nextStep(people, ofItself + people * msPerPerson));
    }
    return found;
  };
  expect(sizes(0.1, 10).at(-1), "fast: as many as ever").toBe(MOST_PEOPLE);
  const middling = sizes(0.3, 10).at(-1) ?? 0;
  expect(10 + middling * 0.3).toBeGreaterThan(120);
  expect(10 + middling * 0.3).toBeLessThan(180);
  expect(sizes(5, 200)[1], "slow: no fewer than a transaction is worth").toBe(250);
});

test("one step that was held up makes the next small, and the size grows back", () => {
  let people = nextStep(MOST_PEOPLE, 5_000);
  expect(people).toBe(250);
  const sizes = Array.from({ length: 4 }, () => (people = nextStep(people, people * 0.1)));
  expect(sizes).toEqual([375, 563, 845, MOST_PEOPLE]);
});
