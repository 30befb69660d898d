import { setTimeout as pause } from "node:timers/promises";

import type { Random } from "../../../server/src/demo/random.ts";
import type { Crowd } from "./crowd.ts";
import type { Node, Piece } from "./node.ts";

/** One way to break a Kilim. */
export interface Blow {
  readonly name: string;
  strike(node: Node): Promise<void>;
}

function signal(piece: Piece, how: NodeJS.Signals): Blow {
  return {
    name: `${how} to ${piece}`,
    strike: async (node) => void process.kill(await untilThere(node, piece), how),
  };
}

/** A blow is not to fall on what the last one has felled. */
async function untilThere(node: Node, piece: Piece): Promise<number> {
  for (;;) {
    const pid = node.pid(piece);
    if (pid !== undefined) return pid;
    await pause(5);
  }
}

/** History answers nobody for a while; what it was doing goes on afterwards. */
export function freezeHistory(ms: number): Blow {
  return {
    name: `history frozen for ${ms} ms`,
    async strike(node) {
      const pid = await untilThere(node, "history");
      process.kill(pid, "SIGSTOP");
      await pause(ms);
      process.kill(pid, "SIGCONT");
    },
  };
}

export const killEverything: Blow = {
  name: "kill -9 of every process",
  async strike(node) {
    await node.killAll();
    node.start();
  },
};

/** PostgreSQL takes SIGINT as a fast, SIGQUIT as an immediate shutdown. */
export const blows: readonly Blow[] = [
  killEverything,
  signal("worker", "SIGKILL"),
  signal("postgres", "SIGINT"),
  signal("history", "SIGKILL"),
  signal("postgres", "SIGQUIT"),
  signal("api", "SIGKILL"),
  freezeHistory(2_000),
  signal("postgres", "SIGKILL"),
];

export interface StormOptions {
  readonly node: Node;
  readonly crowd: Crowd;
  readonly random: Random;
  readonly blows: readonly Blow[];
  /** How many events come in all. */
  readonly events: number;
  /** Told of each blow as it falls. */
  readonly tell?: (text: string) => void;
}

/** Lets events stream in, and strikes while they do: each blow at a random moment of its own share of them. */
export async function storm({ node, crowd, random, blows, events, tell }: StormOptions): Promise<void> {
  const share = Math.floor(events / blows.length);
  for (const blow of blows) {
    const before = crowd.acknowledged();
    crowd.release(share);
    await crowd.untilAcknowledged(before + random.int(1, Math.floor(share * 0.8)));
    tell?.(`${blow.name} after ${crowd.acknowledged()} events`);
    await blow.strike(node);
  }
  crowd.release(events - share * blows.length);
  await crowd.finish();
}
