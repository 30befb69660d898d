import { setTimeout as pause } from "node:timers/promises";
import { type Ask, type Door, paced } from "./load.ts";
import type { Shelf } from "./open-shop.ts";

const CHANGES_PER_S = 500;

/** From asking for a change of stock until another open screen hears of it, at 500 changes a second. Sorted. */
export async function hearStock(
  door: Door,
  seconds: number,
  shelves: readonly Shelf[],
  change: (shelf: Shelf) => Ask,
): Promise<number[]> {
  const stopping = new AbortController();
  const screen = await fetch(`${door.url}/v1/live?topics=product`, {
    headers: { authorization: door.authorization },
    signal: stopping.signal,
  });
  const asked = new Map<string, number>();
  const heard: number[] = [];
  const listening = listen(screen, (productId) => {
    const at = asked.get(productId);
    if (at === undefined) return;
    heard.push(performance.now() - at);
    asked.delete(productId);
  });
  await paced(door, { clients: 20, perSecond: CHANGES_PER_S, seconds }, async (connection, n) => {
    const shelf = shelves[n % shelves.length] as Shelf;
    if (!asked.has(shelf.productId)) asked.set(shelf.productId, performance.now());
    return change(shelf)(connection, n);
  });
  await pause(500);
  stopping.abort();
  await listening;
  return heard.sort((a, b) => a - b);
}

async function listen(response: Response, hear: (id: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const whole = rest.lastIndexOf("\n\n");
      for (const [, id] of rest.slice(0, whole + 1).matchAll(/"id":"([^"]+)"/g)) hear(id ?? "");
      rest = rest.slice(whole + 2);
    }
  } catch {
    // The screen was closed.
  }
}
