import { setTimeout as pause } from "node:timers/promises";

import { createRandom, type Random } from "../../../server/src/demo/random.ts";

/** An event as a client makes it, and what it means to whoever counts afterwards. */
interface Made {
  readonly person: number;
  readonly event: {
    readonly messageId: string;
    readonly type: string;
    readonly event?: string;
    readonly city?: string;
  };
}

export interface CrowdOptions {
  readonly urls: readonly string[];
  readonly writeKey: string;
  readonly people: number;
  readonly seed: string;
  readonly connections?: number;
  readonly mostPerBatch?: number;
  /** A request that takes longer is given up and sent again. */
  readonly answerWithinMs?: number;
}

/** What was acknowledged of a person's events. */
export interface Known {
  events: number;
  orders: number;
  city: string;
}

/** People whose devices send events and send them again, with the same ids, until they are acknowledged. */
export interface Crowd {
  /** Lets this many more events be sent; they are on their way when this returns. */
  release(events: number): void;
  /** Returns when so many have been acknowledged in all. */
  untilAcknowledged(events: number): Promise<void>;
  acknowledged(): number;
  released(): number;
  /** Requests that were not answered with 200, and those sent again although they were. */
  retries(): { failed: number; repeated: number };
  /** Milliseconds of the answered requests since the last call. */
  takeLatencies(): number[];
  /** The user id of a person; no other crowd's people have it. */
  userOf(person: number): string;
  /** By person, what must be found. */
  readonly known: ReadonlyMap<number, Known>;
  readonly messageIds: ReadonlySet<string>;
  /** Returns when everything released is acknowledged and the connections are at rest. */
  finish(): Promise<void>;
}

const CITIES = ["Izmir", "Ankara", "Jakarta"];
const DEVICES = 2;
const REPEATED = 0.05;
const RETRY_MS = 50;
const HOUR_MS = 3_600_000;

export function createCrowd(options: CrowdOptions): Crowd {
  const random = createRandom(options.seed);
  const { people, connections = 8, mostPerBatch = 60, answerWithinMs = 30_000 } = options;
  const start = Date.now() - HOUR_MS;
  const known = new Map<number, Known>();
  const messageIds = new Set<string>();
  const latencies: number[] = [];
  const userOf = (person: number) => `${options.seed}-user-${person}`;
  let made = 0;
  let budget = 0;
  let acknowledged = 0;
  let released = 0;
  let failed = 0;
  let repeated = 0;
  let isOver = false;
  let wake = Promise.withResolvers<void>();
  const ring = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };

  /** The first events of all join each person's devices, so that afterwards each is one profile. */
  function make(): Made {
    const i = made++;
    const isJoining = i < people * DEVICES;
    const person = isJoining ? i % people : random.int(0, people - 1);
    const device = isJoining ? Math.floor(i / people) : random.int(0, DEVICES - 1);
    const who = {
      anonymousId: `${options.seed}-device-${person}-${device}`,
      timestamp: new Date(start + i).toISOString(),
    };
    const base = { messageId: `${options.seed}-${i}`, ...who };
    if (isJoining || random.chance(0.05)) {
      const city = random.pick(CITIES);
      return { person, event: { ...base, type: "identify", userId: userOf(person), traits: { city }, city } as never };
    }
    if (random.chance(0.1)) {
      const properties = { order_id: `${options.seed}-${i}`, revenue: 10, currency: "EUR" };
      return { person, event: { ...base, type: "track", event: "Order Completed", properties } as never };
    }
    const properties = { product_id: `p-${i % 50}`, note: random.hex(40) };
    return { person, event: { ...base, type: "track", event: "Product Viewed", properties } as never };
  }

  function count({ person, event }: Made): void {
    const sums = known.get(person) ?? { events: 0, orders: 0, city: "" };
    sums.events += 1;
    if (event.event === "Order Completed") sums.orders += 1;
    known.set(person, sums);
    messageIds.add(event.messageId);
  }

  /** The newest city by the time of its event, whenever it was acknowledged. */
  const cityAt = new Map<number, number>();
  function noteCity({ person, event }: Made): void {
    const at = Number(event.messageId.split("-").at(-1));
    if (event.city === undefined || at < (cityAt.get(person) ?? -1)) return;
    cityAt.set(person, at);
    (known.get(person) as Known).city = event.city;
  }

  async function post(mine: Random, batch: readonly Made[]): Promise<boolean> {
    const began = performance.now();
    try {
      const response = await fetch(`${mine.pick(options.urls)}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Basic ${Buffer.from(`${options.writeKey}:`).toString("base64")}` },
        body: JSON.stringify({ batch: batch.map(({ event }) => event) }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const answer = (await response.json()) as { success?: boolean; rejected?: unknown[] };
      if (response.status === 200 && answer.rejected) throw new TypeError(`refused: ${JSON.stringify(answer)}`);
      latencies.push(performance.now() - began);
      return response.status === 200 && answer.success === true;
    } catch (error) {
      if (error instanceof TypeError && error.message.startsWith("refused")) throw error;
      return false;
    }
  }

  async function connection(number: number): Promise<void> {
    const mine = createRandom(`${options.seed}:${number}`);
    while (!isOver || budget > 0) {
      if (budget <= 0) {
        await wake.promise;
        continue;
      }
      const size = Math.min(budget, mine.int(1, mostPerBatch));
      budget -= size;
      const batch = Array.from({ length: size }, make);
      while (!(await post(mine, batch))) {
        failed += 1;
        await pause(RETRY_MS);
      }
      for (const one of batch) count(one);
      for (const one of batch) noteCity(one);
      acknowledged += size;
      ring();
      if (mine.chance(REPEATED)) {
        repeated += 1;
        await post(mine, batch);
      }
    }
  }

  const running = Promise.all(Array.from({ length: connections }, (_, i) => connection(i)));
  // Whoever waits hears of it; until then it is kept.
  running.catch(() => undefined);
  return {
    userOf,
    known,
    messageIds,
    release(events) {
      budget += events;
      released += events;
      ring();
    },
    async untilAcknowledged(events) {
      while (acknowledged < events) await Promise.race([wake.promise, running]);
    },
    acknowledged: () => acknowledged,
    released: () => released,
    retries: () => ({ failed, repeated }),
    takeLatencies: () => latencies.splice(0).sort((a, b) => a - b),
    async finish() {
      isOver = true;
      ring();
      await running;
    },
  };
}
