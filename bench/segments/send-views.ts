import { setTimeout as pause } from "node:timers/promises";

import { batchOf } from "../ingest/load.ts";
import { KeepAlive } from "../lib/keep-alive.ts";
import type { KilimProcess } from "../lib/kilim-process.ts";

let made = 0;

/** A view of a product by one of these people. */
export function viewOf(person: number): object {
  const product = made % 500;
  return {
    type: "track",
    event: "Product Viewed",
    messageId: `view-${process.pid}-${made++}`,
    anonymousId: `device-${person}`,
    timestamp: new Date().toISOString(),
    properties: { product_id: `p-${product}`, category: `category-${product % 12}`, price: 49.9, currency: "EUR" },
  };
}

/** Sends `perS` views a second of people drawn in turn, until `work` is done. */
export async function beside<T>(kilim: KilimProcess, perS: number, people: number, work: () => Promise<T>): Promise<T> {
  const authorization = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
  if (perS === 0) return await work();
  const size = 50;
  let isOver = false;
  let person = 0;
  const began = performance.now();
  const next = () => viewOf((person = (person + 7919) % people));
  const sending = Promise.all(
    Array.from({ length: 4 }, async (_, i) => {
      const connection = await KeepAlive.open(kilim.url, authorization);
      for (let n = i; !isOver; n += 4) {
        const wait = began + (n * size * 1000) / perS - performance.now();
        if (wait > 0) await pause(wait);
        const { status } = await connection.post("/v1/batch", batchOf(size, next).body);
        if (status !== 200) throw new Error(`a batch was answered ${status}`);
      }
      connection.close();
    }),
  );
  try {
    return await work();
  } finally {
    isOver = true;
    await sending;
  }
}
