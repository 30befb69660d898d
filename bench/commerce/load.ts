import { setTimeout as pause } from "node:timers/promises";

import { KeepAlive } from "../lib/keep-alive.ts";

export type Ask = (connection: KeepAlive, n: number) => Promise<{ readonly status: number }>;

export interface Door {
  readonly url: string;
  readonly authorization: string;
}

export interface Load {
  readonly done: number;
  /** Sorted. */
  readonly latencies: number[];
}

export function connect({ url, authorization }: Door, clients: number): Promise<KeepAlive[]> {
  return Promise.all(Array.from({ length: clients }, () => KeepAlive.open(url, authorization)));
}

/** So many clients, each asking again as soon as it is answered. */
export async function crowd(door: Door, clients: number, seconds: number, ask: Ask): Promise<Load> {
  const connections = await connect(door, clients);
  const latencies: number[] = [];
  let done = 0;
  let n = 0;
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const asked = performance.now();
        const { status } = await ask(connection, n++);
        latencies.push(performance.now() - asked);
        if (status === 201) done += 1;
      }
      connection.close();
    }),
  );
  return { done, latencies: latencies.sort((a, b) => a - b) };
}

export interface Pace {
  readonly clients: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** So many a second over so many connections; an answer that is late delays those behind it, and that is counted. */
export async function paced(door: Door, { clients, perSecond, seconds }: Pace, ask: Ask): Promise<Load> {
  const connections = await connect(door, clients);
  const latencies: number[] = [];
  const gap = (1000 * clients) / perSecond;
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection, i) => {
      for (let k = 0; k * gap < seconds * 1000; k++) {
        const due = began + k * gap + (i * gap) / clients;
        if (due > performance.now()) await pause(due - performance.now());
        const { status } = await ask(connection, k * clients + i);
        if (status >= 400) throw new Error(`answered ${status}`);
        latencies.push(performance.now() - due);
      }
      connection.close();
    }),
  );
  return { done: latencies.length, latencies: latencies.sort((a, b) => a - b) };
}
