import { connect, type Load } from "./load.ts";
import type { Kilim } from "./open-shop.ts";

const CLIENTS = 50;
const ADDRESS = { name: "Elif", line1: "Kordon 1", city: "Izmir", country: "TR" };
/** Carts that wait to be ordered, for each second of the measurement. */
const CARTS_PER_S = 500;

export interface OrderLoad extends Load {
  readonly seconds: number;
}

/** Carts are filled before; then each is ordered: reserved, paid with the test gateway, committed, told. */
export async function placeOrders(
  { url, writeKey }: Kilim,
  seconds: number,
  variantOf: (n: number) => string,
  measured: (work: () => Promise<OrderLoad>) => Promise<OrderLoad>,
): Promise<OrderLoad> {
  const connections = await connect({ url, authorization: `Bearer ${writeKey}` }, CLIENTS);
  const carts = Array.from({ length: CARTS_PER_S * seconds }, (_, i) => `x-kilim-anonymous-id: bench-${i}\r\n`);
  let filled = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let i = filled++; i < carts.length; i = filled++) {
        await connection.post("/v1/cart/items", JSON.stringify({ variant_id: variantOf(i), quantity: 1 }), carts[i]);
      }
    }),
  );
  const body = JSON.stringify({ channel: "web", payment: "test", address: ADDRESS });
  const latencies: number[] = [];
  let done = 0;
  let next = 0;
  const load = await measured(async () => {
    const began = performance.now();
    const until = began + seconds * 1000;
    await Promise.all(
      connections.map(async (connection) => {
        for (let i = next++; i < carts.length && performance.now() < until; i = next++) {
          const asked = performance.now();
          if ((await connection.post("/v1/orders", body, carts[i])).status === 201) done += 1;
          latencies.push(performance.now() - asked);
        }
      }),
    );
    return { done, seconds: (performance.now() - began) / 1000, latencies: latencies.sort((a, b) => a - b) };
  });
  for (const connection of connections) connection.close();
  return load;
}
