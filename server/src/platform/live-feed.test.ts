import { setTimeout as pause } from "node:timers/promises";

import { expect, test } from "vitest";

import { Feed } from "./live-feed.ts";

test("a few readers hear at once; five thousand hear less often, and of everything", async () => {
  for (const [readers, most] of [
    [10, Number.POSITIVE_INFINITY],
    [5_000, 4],
  ] as const) {
    const heard = new Map<number, string>();
    let writes = 0;
    const feed = new Feed<number>("order", (reader, bytes) => {
      writes += 1;
      heard.set(reader, (heard.get(reader) ?? "") + Buffer.from(bytes).toString());
    });
    for (let i = 0; i < readers; i++) feed.streams.add(i);
    const began = performance.now();
    for (let i = 0; i < 20; i++) {
      feed.add(`o${i}`, ["paid"]);
      feed.flushWhenDue();
      if (readers === 10) expect(heard.get(9)).toContain(`"o${i}"`);
      else await pause(10);
    }
    const isComplete = () => [...heard.values()].every((text) => text.includes('"o19"'));
    while (heard.size < readers || !isComplete()) await pause(10);
    const quarters = Math.ceil((performance.now() - began) / 250);
    for (let i = 0; i < 20; i++) expect(heard.get(readers - 1)).toContain(`{"id":"o${i}","changed":["paid"]}`);
    if (most < 100) expect(writes).toBeLessThanOrEqual(readers * (quarters + 1));
    feed.close();
  }
});
