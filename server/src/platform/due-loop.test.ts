import { expect, test, vi } from "vitest";

import { VirtualClock } from "./clock.ts";
import { createDueLoop } from "./due-loop.ts";

const START = "2026-03-02T09:00:00Z";

function rig(heedAfterMs?: () => number) {
  const clock = new VirtualClock(START);
  let due: string | null = null;
  let wake = () => {};
  const work = vi.fn(async () => {
    if (due !== null && Date.parse(due) <= clock.now().epochMilliseconds) due = null;
  });
  const onError = vi.fn();
  const loop = createDueLoop({
    clock,
    work,
    nextDue: async () => due,
    onWake: (listener) => {
      wake = listener;
      return () => {
        wake = () => {};
      };
    },
    onError,
    ...(heedAfterMs ? { heedAfterMs } : {}),
  });
  const setDue = (at: string) => {
    due = at;
  };
  return { clock, work, loop, onError, setDue, wake: () => wake() };
}

test("works at its start, on a wake, and at the very moment something falls due", async () => {
  const { clock, work, loop, setDue, wake } = rig();
  loop.start();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
  setDue("2026-03-02T10:00:00Z");
  wake();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.advance({ hours: 1 });
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(3), { timeout: 500 });
  await loop.stop();
  wake();
  clock.advance({ hours: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(work).toHaveBeenCalledTimes(3);
});

test("a wake during the work is not lost", async () => {
  const { work, loop, wake } = rig();
  work.mockImplementationOnce(async () => wake());
  loop.start();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2), { timeout: 500 });
  await loop.stop();
});

test("a failure is told and tried again", async () => {
  const { work, loop, onError } = rig();
  work.mockRejectedValueOnce(new Error("the database is away"));
  loop.start();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2), { timeout: 5_000 });
  expect(onError).toHaveBeenCalledTimes(1);
  await loop.stop();
});

test("what is due and cannot be worked does not spin", async () => {
  const { work, loop, setDue } = rig();
  work.mockImplementation(async () => setDue(START));
  loop.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await loop.stop();
  expect(work.mock.calls.length).toBeLessThan(10);
});

test("wakes that nobody waits for are heeded together, an urgent one at once and with them", async () => {
  let patience = 30;
  const { work, loop, wake } = rig(() => patience);
  loop.start();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
  for (let i = 0; i < 5; i++) wake();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
  patience = 60_000;
  wake();
  patience = 0;
  wake();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(3));
  await loop.stop();
});
