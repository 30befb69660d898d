import { expect, test, vi } from "vitest";

import { keepTrue } from "../src/keep-true.ts";

/** A line over which an answer takes as long as the test likes. */
function slowLine() {
  const answers: ((error?: Error) => void)[] = [];
  const read = () => new Promise<void>((done, fail) => answers.push((error) => (error ? fail(error) : done())));
  return { answers, read };
}

test("notices during a read do not break it off, and are followed by one more", async () => {
  const { answers, read } = slowLine();
  const changed = keepTrue(read);
  for (let notice = 0; notice < 20; notice++) changed();
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  await vi.waitFor(() => {
    changed();
    expect(answers).toHaveLength(3);
  });
});

test("a read that fails is told, and the next notice reads again", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const { answers, read } = slowLine();
  const changed = keepTrue(read);
  changed();
  answers[0]?.(new Error("cut"));
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  changed();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
});

test("what is told while a read fails is read all the same", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { answers, read } = slowLine();
  const changed = keepTrue(read);
  changed();
  changed();
  answers[0]?.(new Error("cut"));
  await vi.waitFor(() => expect(answers).toHaveLength(2));
});

test.each([0, 1, 2, 3, 4, 5])("a notice %i turns after the end of a read is not lost", async (turns) => {
  const { answers, read } = slowLine();
  const changed = keepTrue(read);
  changed();
  answers[0]?.();
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  changed();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
});
