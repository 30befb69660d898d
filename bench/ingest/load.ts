import { KeepAlive } from "../lib/keep-alive.ts";
import type { KilimProcess } from "../lib/kilim-process.ts";

/** A backlog that keeps every part busy; the load waits beyond it, so that what is measured is sustained. */
const MOST_WAITING = 30_000;

export interface Load {
  readonly accepted: number;
  /** Seconds until the last answer. */
  readonly seconds: number;
  /** Milliseconds of each request, sorted. */
  readonly latencies: number[];
}

export interface LoadOptions {
  readonly connections: number;
  readonly path: string;
  /** The next body and how many events it holds; null ends the load. */
  next(): { readonly body: string; readonly events: number } | null;
}

/** Sends bodies over some connections, each as fast as it is answered. */
export async function sendLoad(kilim: KilimProcess, options: LoadOptions): Promise<Load> {
  const authorization = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
  const latencies: number[] = [];
  let accepted = 0;
  let isFull = false;
  const looking = setInterval(() => {
    readPipeline(kilim).then(
      ({ inbox }) => {
        isFull = inbox > MOST_WAITING;
      },
      () => {},
    );
  }, 100);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      const connection = await KeepAlive.open(kilim.url, authorization);
      for (let load = options.next(); load !== null; load = options.next()) {
        while (isFull) await new Promise((resolve) => setTimeout(resolve, 5));
        const asked = performance.now();
        const { status, body } = await connection.post(options.path, load.body);
        latencies.push(performance.now() - asked);
        if (status !== 200 || body !== '{"success":true}') throw new Error(`not accepted: ${status} ${body}`);
        accepted += load.events;
      }
      connection.close();
    }),
  );
  clearInterval(looking);
  return { accepted, seconds: (performance.now() - began) / 1000, latencies: latencies.sort((a, b) => a - b) };
}

export async function readPipeline(kilim: KilimProcess): Promise<{ inbox: number; outbox: number }> {
  const response = await fetch(`${kilim.url}/v1/pipeline`, { headers: { authorization: `Bearer ${kilim.apiKey}` } });
  return (await response.json()) as { inbox: number; outbox: number };
}

/** Returns when everything sent is worked in and visible in History. */
export async function untilWorkedIn(kilim: KilimProcess): Promise<void> {
  for (;;) {
    const { inbox, outbox } = await readPipeline(kilim);
    if (inbox === 0 && outbox === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Until `seconds` have passed: batches of `size` events. */
export function batchesFor(seconds: number, size: number, next: () => object): LoadOptions["next"] {
  const until = performance.now() + seconds * 1000;
  return () => (performance.now() < until ? batchOf(size, next) : null);
}

export function batchOf(size: number, next: () => object): { body: string; events: number } {
  const batch = Array.from({ length: size }, next);
  return { body: JSON.stringify({ batch, sentAt: new Date().toISOString() }), events: size };
}
