import { expect, test, vi } from "vitest";

import { keepRunning, type Running } from "./keep-running.ts";

function fakeProcesses() {
  const ends: ((how: string) => void)[] = [];
  let starts = 0;
  const start = async (): Promise<Running> => {
    starts++;
    const exited = new Promise<string>((done) => ends.push(done));
    return { pid: starts, exited, stop: async () => ends.at(-1)?.("0") };
  };
  return { start, kill: () => ends.at(-1)?.("SIGKILL"), starts: () => starts };
}

test("a process that ends by itself is started again, and stays ended after stop", async () => {
  const processes = fakeProcesses();
  const warnings: string[] = [];
  const kept = await keepRunning("The cook", processes.start, { info() {}, warn: (text) => warnings.push(text) });
  processes.kill();
  await vi.waitFor(() => expect(kept.current().pid).toBe(2));
  expect(warnings).toEqual(["The cook ended unexpectedly (SIGKILL); it is started again."]);
  await kept.stop();
  expect(processes.starts()).toBe(2);
});

test("a start that fails is tried again", async () => {
  const processes = fakeProcesses();
  let refusals = 1;
  const start = async () => {
    if (processes.starts() === 1 && refusals-- > 0) throw new Error("not now");
    return await processes.start();
  };
  const kept = await keepRunning("The cook", start, { info() {}, warn() {} });
  processes.kill();
  await vi.waitFor(() => expect(kept.current().pid).toBe(2));
  await kept.stop();
});

test("a process that is just coming back when all is stopped is stopped too", async () => {
  const processes = fakeProcesses();
  const restarting = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let stopped = 0;
  const start = async () => {
    if (processes.starts() === 1) {
      restarting.resolve();
      await gate.promise;
    }
    const running = await processes.start();
    return { ...running, stop: () => running.stop().then(() => void stopped++) };
  };
  const kept = await keepRunning("The cook", start, { info() {}, warn() {} });
  processes.kill();
  await restarting.promise;
  const stop = kept.stop();
  gate.resolve();
  await stop;
  expect(processes.starts()).toBe(2);
  expect(stopped).toBe(2);
});
