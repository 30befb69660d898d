import { expect, test } from "vitest";

import { expectedOf, fixed, learnt, makePeople, oracle, run } from "./testing/simulate.ts";

const MESSAGES = 40;

test("REA-1 on people whose wishes we know it learns channel and hour: little regret against one who knows, far better than fixed", () => {
  const people = makePeople(100, 7);
  const ours = run(people, learnt, MESSAGES, 11);
  const best = expectedOf(people, oracle);
  // The best that a fixed channel and hour could do, found with hindsight.
  const bestFixed = Math.max(
    ...["email", "sms", "whatsapp"].flatMap((channel) =>
      [8, 12, 20, 21].map((clock) => expectedOf(people, fixed(channel, clock))),
    ),
  );
  const all = ours.reduce((a, b) => a + b, 0) / 4;
  console.log(
    `simulated: of what one who knows gets, ours got ${share(all, best)} over all, by quarters ${ours
      .map((rate) => share(rate, best))
      .join(", ")}; the best fixed channel and hour ${share(bestFixed, best)}`,
  );
  expect(all).toBeGreaterThan(1.1 * bestFixed);
  expect(ours[3]).toBeGreaterThan(1.35 * bestFixed);
  expect(ours[3]).toBeGreaterThan(0.55 * best);
  // Regret per message falls from quarter to quarter.
  const regrets = ours.map((rate) => best - rate);
  expect(regrets).toEqual([...regrets].sort((a, b) => b - a));
});

const share = (a: number, b: number) => `${Math.round((100 * a) / b)} %`;
