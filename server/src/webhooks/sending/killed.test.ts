import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";

import { createRooms } from "../../rooms.ts";
import type { LoneSender } from "../testing/lone-sender.ts";
import { Stage } from "../testing/stage.ts";

let stage: Stage;
let id: string;
let send: () => Promise<void>;
beforeAll(async () => {
  stage = await Stage.open();
  // Nobody works but who is told to.
  await stage.server.rooms.webhooks.stop?.();
  const { webhooks } = createRooms(stage.server.context);
  send = () => webhooks.sendDue();
}, 120_000);
beforeEach(async () => {
  await stage.reset();
  id = (await stage.makeEndpoint("/")).id;
});
afterAll(() => stage.close());

function startSender(isStuck: boolean): ChildProcess {
  const { database } = stage.server.pool.options;
  const given: LoneSender = {
    database: { ...inject("postgres"), ...(database ? { database } : {}), max: 3 },
    now: stage.server.clock.now().toString(),
    isStuck,
  };
  const script = new URL("../testing/lone-sender.ts", import.meta.url).pathname;
  return spawn(process.execPath, [script, JSON.stringify(given)], { stdio: ["ignore", "pipe", "inherit"] });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const newestOf = async () => (await stage.deliveries(id))[0];
const stateOf = async () => (await newestOf())?.state;

test("HOOK-9 kill -9 between claim and message: told once, a minute later", async () => {
  await stage.tellOf(1);
  const child = startSender(true);
  await expect.poll(stateOf, { timeout: 30_000 }).toBe("sending");
  await kill(child);
  await send();
  expect(stage.receiver.received).toEqual([]);
  stage.server.clock.advance("PT1M");
  await send();
  expect(stage.receiver.received).toHaveLength(1);
  expect(await stateOf()).toBe("delivered");
});

test("HOOK-9 a stop does not wait for a slow receiver: what is under way is given back and sent by the next start", async () => {
  stage.receiver.answer = () => {};
  await stage.tellOf(1);
  const stopped = createRooms(stage.server.context).webhooks;
  const sending = stopped.sendDue();
  await expect.poll(() => stage.receiver.received.length).toBe(1);
  await stopped.stop?.();
  await sending;
  expect(await newestOf()).toMatchObject({ state: "waiting", attempts: 0 });
  stage.receiver.reset();
  await send();
  expect(await newestOf()).toMatchObject({ state: "delivered", attempts: 1 });
});

test("HOOK-9 kill -9 between the receiver's yes and our note: the same webhook-id again, and nothing lost of the others", async () => {
  await stage.tellOf(30);
  const killed = new Promise<void>((resolve) => {
    stage.receiver.answer = (_hook, response) => {
      stage.receiver.answer = (_later, slow) => void slow.destroy();
      void kill(child).then(() => {
        response.writeHead(200).end();
        resolve();
      });
    };
  });
  const child = startSender(false);
  await killed;
  stage.receiver.answer = (_hook, response) => void response.writeHead(200).end();
  const since = stage.server.clock.now().epochMilliseconds / 1000;
  stage.server.clock.advance("PT10M");
  await send();
  // What the dead one had still sent may be heard only now; it carries the time of its own try.
  const again = stage.receiver.received.filter((hook) => Number(hook.headers["webhook-timestamp"]) > since);
  expect(again).toHaveLength(30);
  const ids = new Set(again.map((hook) => hook.id));
  expect(ids.size).toBe(30);
  for (const hook of stage.receiver.received) expect(ids).toContain(hook.id);
  expect((await stage.deliveries(id)).every(({ state }) => state === "delivered")).toBe(true);
});
