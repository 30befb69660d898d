import { expect, test, vi } from "vitest";

import { Gather, type GatherOptions } from "./gather.ts";

function rig(options: GatherOptions) {
  const together: string[][] = [];
  const ends: (() => void)[] = [];
  const gather = new Gather(async (asked: readonly string[]) => {
    together.push([...asked]);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (asked.includes("bad")) throw new Error("broken");
    return asked.map((one) => one.toUpperCase());
  }, options);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { gather, together, turn, endAll: () => ends.splice(0).map((end) => end()) };
}

test("what is asked in one turn is answered together, each with its own", async () => {
  const { gather, together, turn, endAll } = rig({ most: 10, atOnce: 1 });
  const answers = Promise.all([gather.ask("a"), gather.ask("b")]);
  await turn();
  endAll();
  expect(await answers).toEqual(["A", "B"]);
  expect(together).toEqual([["a", "b"]]);
});

test("who asks while others are answered comes next, at most so many together and so many gatherings at once", async () => {
  const { gather, together, turn, endAll } = rig({ most: 2, atOnce: 2 });
  const first = gather.ask("a");
  await turn();
  const others = Promise.all(["b", "c", "d", "e"].map((one) => gather.ask(one)));
  await turn();
  expect(together).toEqual([["a"], ["b", "c"]]);
  endAll();
  await first;
  while (together.length < 3) await turn();
  endAll();
  expect(await others).toEqual(["B", "C", "D", "E"]);
  expect(together).toEqual([["a"], ["b", "c"], ["d", "e"]]);
});

test("what one of them broke does not break the others", async () => {
  const { gather, turn, endAll } = rig({ most: 10, atOnce: 1 });
  const ends = Promise.allSettled([gather.ask("a"), gather.ask("bad"), gather.ask("c")]);
  for (let i = 0; i < 4; i++) {
    await turn();
    endAll();
  }
  expect((await ends).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("after a gathering the next begins when its time has come, with all who asked meanwhile; the first does not wait", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
  try {
    const { gather, together, turn, endAll } = rig({ most: 10, atOnce: 1, apartMs: 30 });
    const first = gather.ask("a");
    await turn();
    expect(together).toEqual([["a"]]);
    endAll();
    await first;
    const second = gather.ask("b");
    await turn();
    vi.advanceTimersByTime(29);
    const third = gather.ask("c");
    await turn();
    expect(together).toEqual([["a"]]);
    vi.advanceTimersByTime(1);
    await turn();
    endAll();
    expect(await Promise.all([second, third])).toEqual(["B", "C"]);
    expect(together).toEqual([["a"], ["b", "c"]]);
  } finally {
    vi.useRealTimers();
  }
});
