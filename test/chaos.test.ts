import { expect, test } from "vitest";

import { findWrongs, makeSegments, untilWorkedIn } from "../bench/lib/chaos/audit.ts";
import { createCrowd } from "../bench/lib/chaos/crowd.ts";
import { engineAddresses, layOutNode } from "../bench/lib/chaos/node.ts";
import { blows, storm } from "../bench/lib/chaos/storm.ts";
import { createRandom } from "../server/src/demo/random.ts";

const seed = process.env.KILIM_CHAOS_SEED ?? Math.random().toString(36).slice(2, 10);

test(`every acknowledged event counts exactly once, whatever is killed and whenever (KILIM_CHAOS_SEED=${seed})`, {
  timeout: 300_000,
}, async () => {
  const node = await layOutNode();
  try {
    node.start();
    await node.untilReady();
    const segments = await makeSegments(node);
    const crowd = createCrowd({ urls: [node.url], writeKey: node.writeKey, people: 200, seed });
    await storm({ node, crowd, random: createRandom(seed), blows, events: 4_000 });
    await untilWorkedIn(node, 120_000);
    expect(crowd.messageIds.size).toBe(4_000);
    expect(await findWrongs(node, await engineAddresses(node), crowd, segments)).toEqual([]);
    expect(node.said()).not.toMatch(/deadlock|heap out of memory|Unhandled/i);
  } finally {
    await node.stop();
  }
});
