import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { Reaction } from "./learning/learnt.ts";

/** Messages of one channel, language and hour of the retailer's week: how many, and the best that came of each. */
export interface Sum {
  readonly channel: string;
  readonly language: string;
  readonly hour: number;
  readonly sent: number;
  readonly read: number;
  readonly answered: number;
  readonly bought: number;
}

/** Reactions since then; a message sent after `settledBefore` counts only if something has come of it. */
export interface Since {
  readonly since: string;
  readonly settledBefore: string;
  /** Of each person, or of all. */
  readonly most: number;
}

export interface ReachDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  /** The retailer's. */
  readonly timeZone: string;
  readonly zonesOfStores: (db: Db) => Promise<ReadonlyMap<string, string>>;
  readonly loadProfiles: (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  /** What these people did with the newest marketing they got. */
  readonly reactionsOf: (
    db: Db,
    ask: Since & { readonly profileIds: readonly string[] },
  ) => Promise<ReadonlyMap<string, readonly Reaction[]>>;
  /** How marketing was met by all. */
  readonly sumsOf: (db: Db, ask: Since & { readonly zone: string }) => Promise<readonly Sum[]>;
  /** Where these people can be reached on a channel, by profile id; who is missing cannot. */
  readonly placesOf: (db: Db, channel: string, people: readonly Profile[]) => Promise<ReadonlyMap<string, string>>;
}
