import { randomUUID } from "node:crypto";

import type { KilimEvent } from "../collect/index.ts";
import type { Joined, MergeCause, Rules } from "../identity/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Log } from "../platform/log.ts";
import type { Room } from "../platform/room.ts";
import type { Secrets } from "../platform/secrets.ts";
import { announce, tellConflicts } from "./announce.ts";
import type { Follower, MembershipChange, SegmentKeeper } from "./contracts.ts";
import { joinPeople, type LockedPair, type Told } from "./join-people.ts";
import { noteSeparation, type Separated } from "./note-separation.ts";
import { processEvents, tellNews } from "./process-events.ts";
import { isHandingOver } from "./queries/rewrites.pg.ts";
import { SeenPeriods } from "./queries/seen.pg.ts";
import { forgetEarlier } from "./queries/shards.pg.ts";
import { createRewriter } from "./rewriter.ts";
import { pipelineRoutes } from "./routes.ts";
import { ShardWorker } from "./shard-worker.ts";
import { Shipper } from "./shipper.ts";
import { Sweeper } from "./sweeper.ts";

export type { Follower, MembershipChange, SegmentKeeper } from "./contracts.ts";
export { type HistoryRow, NOBODY, unpackRows } from "./history-rows.ts";
export { lockBoth, type Told } from "./join-people.ts";
export { historyData, outboxData } from "./personal-data.ts";
export {
  isShippedUpTo,
  readBatchesOf,
  readNewestUnshipped,
  readUnshippedOf,
  readWatermark,
  unshippedAmong,
} from "./queries/outbox.pg.ts";
export { isHandingOver } from "./queries/rewrites.pg.ts";
export { repeatKey } from "./queries/seen.pg.ts";

export interface PipelineDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly rawDays: number;
  /** Tells this node's workers from others' on the same database; they run one after the other, never two at once. */
  readonly node?: string;
  /** How people are recognised; the built-in rules when not given. */
  readonly identityRules?: () => Promise<Rules>;
  readonly segments: SegmentKeeper;
  readonly followers: readonly Follower[];
  readonly isHeard?: (name: string) => boolean;
}

export interface Pipeline extends Room {
  /** Works events in at once, in a transaction of their own; beside each event whom it is about. */
  processNow(events: readonly KilimEvent[]): Promise<(string | null)[]>;
  /** Makes two locked people one on the way of every merge, in the caller's transaction. */
  join(tx: Tx, locked: LockedPair, joined: Joined, cause: MergeCause): Promise<Told>;
  /** Passes on, in the caller's transaction, that one person is two again. */
  noteSeparation(tx: Tx, separated: Separated, changes: readonly MembershipChange[]): Promise<Told>;
  /** Tells open screens and whoever waits for work, after the commit. */
  tell(told: Told): void;
  /** Lets news of ours join the timelines, in the caller's transaction. Wake "inbox" and "outbox" after its commit. */
  tellNews(tx: Tx, news: readonly KilimEvent[]): Promise<void>;
  /** Worker part: returns when everything accepted so far is worked in, swept and shipped. */
  drain(): Promise<void>;
}

export function createPipeline(deps: PipelineDeps): Pipeline {
  const days = new SeenPeriods(deps.db);
  const node = deps.node ?? randomUUID();
  const owner = `${node}:${randomUUID().slice(0, 8)}`;
  const worker = new ShardWorker({ ...deps, owner, days }, deps.log);
  const shipper = new Shipper({ ...deps, owner });
  const sweeper = new Sweeper(deps, deps.log);
  const rewriter = createRewriter(deps);
  const tell = (told: Told) => {
    announce(deps.bus, told);
    for (const topic of ["inbox", "outbox", "batch"] as const) deps.bus.wake(topic);
  };
  return {
    tellNews: (tx, news) => tellNews(tx, deps, news),
    routes: (app) => pipelineRoutes(app, deps),
    async start() {
      await forgetEarlier(deps.db, node);
      await worker.start();
      shipper.start();
      sweeper.start();
      rewriter.start();
    },
    async stop() {
      await rewriter.stop();
      await sweeper.stop();
      await worker.stop();
      await shipper.stop();
    },
    async processNow(events) {
      await days.ensureFor(events);
      const processed = await inTransaction(deps.db, (tx, attempt) => processEvents(tx, deps, events, attempt));
      tell(processed);
      await tellConflicts(deps, processed);
      return processed.profileOf;
    },
    join: (tx, locked, joined, cause) => joinPeople(tx, deps, locked, joined, cause),
    noteSeparation: (tx, separated, changes) => noteSeparation(tx, deps, separated, changes),
    tell,
    async drain() {
      await worker.drain();
      await sweeper.sweep();
      await worker.drain();
      await shipper.drain();
      do await rewriter.work();
      while (await isHandingOver(deps.db));
    },
  };
}
