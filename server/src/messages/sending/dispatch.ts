import { createDueLoop } from "../../platform/due-loop.ts";
import type { Tools } from "../channels/adapter.ts";
import { Lines } from "../channels/lines.ts";
import { CHANNELS } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { LANES } from "../queries/insert-messages.pg.ts";
import { nextDue, type Queue } from "../queries/next-due.pg.ts";
import { Sender, type SenderDeps } from "./sender.ts";

/**
 * What somebody is waiting for, what a journey has to say, and what is said to many have hands and connections of their
 * own, per channel: a slow broadcast cannot hold a receipt back, nor a slow provider another's messages.
 */
const LANE_OPTIONS = [
  { lane: LANES.transactional, hands: 8, claims: 40, gatherMs: 0, yields: false },
  { lane: LANES.marketing, hands: 8, claims: 100, gatherMs: 0, yields: false },
  { lane: LANES.broadcast, hands: 16, claims: 200, gatherMs: 25, yields: true },
];
const QUEUES: readonly Queue[] = LANE_OPTIONS.flatMap(({ lane }) => CHANNELS.map((channel) => ({ lane, channel })));

/** How long a stop waits for providers. */
const STOP_MS = 3_000;

export interface Dispatch {
  start(): void;
  stop(): Promise<void>;
  /** Sends whatever is due now; returns when nothing is left and nothing in hand. */
  sendDue(): Promise<number>;
  /** When the next message is due, as far as its way out is open (RFC 3339). */
  nextDue(): Promise<string | null>;
}

export type DispatchDeps = Omit<SenderDeps, "lines"> &
  Pick<MessagesDeps, "db" | "clock" | "bus" | "log"> & { readonly http: Tools["http"] };

/** Keeps one sender per queue that has anything, each at its own pace. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const lines = new Map<number, Lines>(LANE_OPTIONS.map(({ lane, hands }) => [lane, new Lines({ ...deps, hands })]));
  const senders = new Map<string, Sender>();
  const atWork = new Map<string, Promise<unknown>>();
  const stopping = new AbortController();
  let wakeUp = () => {};

  const senderOf = ({ lane, channel }: Queue): Sender => {
    const key = keyOf({ lane, channel });
    const options = LANE_OPTIONS.find((one) => one.lane === lane);
    const its = lines.get(lane);
    if (!options || !its) throw new RangeError(`no lane ${lane}`);
    const sender = senders.get(key) ?? new Sender({ ...deps, lines: its }, { ...options, channel });
    senders.set(key, sender);
    return sender;
  };

  const due = async (): Promise<{ queue: Queue; at: string }[]> =>
    (await nextDue(deps.db, QUEUES)).map(({ at, ...queue }) => {
      const rests = senders.get(keyOf(queue))?.restsUntil() ?? null;
      return { queue, at: rests !== null && rests.epochMilliseconds > Date.parse(at) ? rests.toString() : at };
    });

  const begin = (queue: Queue): void => {
    const key = keyOf(queue);
    const work = senderOf(queue)
      .sendDue(stopping.signal)
      .catch((error: unknown) => deps.log.warn({ err: error }, "messages cannot be sent just now; trying again"))
      .then((sent) => {
        atWork.delete(key);
        // What came meanwhile is looked for; a queue that gave nothing waits for the loop's own look.
        if (sent) wakeUp();
      });
    atWork.set(key, work);
  };

  const loop = createDueLoop({
    clock: deps.clock,
    async work() {
      for (const key of atWork.keys()) senders.get(key)?.stir();
      for (const { queue, at } of await due()) {
        if (Date.parse(at) <= deps.clock.now().epochMilliseconds && !atWork.has(keyOf(queue))) begin(queue);
      }
    },
    nextDue: async () =>
      (await due())
        .filter(({ queue }) => !atWork.has(keyOf(queue)))
        .map(({ at }) => at)
        .sort()[0] ?? null,
    onWake(listener) {
      wakeUp = listener;
      return deps.bus.onWake("messages", listener);
    },
    onError: (error) => deps.log.warn({ err: error }, "messages cannot be looked for just now; trying again"),
  });

  return {
    start: () => loop.start(),
    async stop() {
      stopping.abort();
      const close = () => {
        for (const one of lines.values()) one.close();
      };
      // A provider that does not answer is cut off; its messages are tried again after the next start.
      const cutOff = setTimeout(close, STOP_MS);
      await loop.stop();
      for (const sender of senders.values()) sender.stir();
      await Promise.all(atWork.values());
      clearTimeout(cutOff);
      close();
    },
    async sendDue() {
      let all = 0;
      for (;;) {
        const now = deps.clock.now().epochMilliseconds;
        for (const { queue, at } of await due()) if (Date.parse(at) <= now) senderOf(queue);
        const sent = await Promise.all([...senders.values()].map((sender) => sender.sendDue()));
        const round = sent.reduce((sum, n) => sum + n, 0);
        all += round;
        if (round === 0) return all;
      }
    },
    nextDue: async () => (await due()).map(({ at }) => at).sort()[0] ?? null,
  };
}

function keyOf({ lane, channel }: Queue): string {
  return `${lane} ${channel}`;
}
