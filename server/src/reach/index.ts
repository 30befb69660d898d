import type { Db } from "../platform/db.ts";
import { createDueLoop } from "../platform/due-loop.ts";
import type { Room } from "../platform/room.ts";
import { type AskedChannel, type ChosenChannel, chooseChannels } from "./choose-channel.ts";
import { type AskedHour, chooseHours } from "./choose-hour.ts";
import { computeCurves, nextCurves } from "./compute-curves.ts";
import type { ReachDeps } from "./deps.ts";
import { type MessageCost, messageCosts } from "./message-costs.ts";
import { readSettings } from "./reach-settings.ts";
import { reachRoutes } from "./routes.ts";

export interface Reach extends Room {
  /** Beside each question the channel that suits the person best now, and why; null when none is open. */
  chooseChannel(db: Db, asked: readonly AskedChannel[], now: Temporal.Instant): Promise<(ChosenChannel | null)[]>;
  /** Beside each question the best instant within its bounds. */
  chooseHour(db: Db, asked: readonly AskedHour[]): Promise<Temporal.Instant[]>;
  /** What a message costs now, by channel, in the currency each is stated in. */
  messageCosts(db: Db): Promise<ReadonlyMap<string, MessageCost>>;
}

export function createReach(deps: ReachDeps): Reach {
  const loop = createDueLoop({
    clock: deps.clock,
    work: () => computeCurves(deps),
    nextDue: () => nextCurves(deps),
    onWake: () => () => {},
    onError: (error) => deps.log.warn({ err: error }, "how people react could not be computed; trying again"),
  });
  return {
    routes: (app) => reachRoutes(app, deps),
    start: async () => loop.start(),
    stop: () => loop.stop(),
    chooseChannel: (db, asked, now) => chooseChannels(deps, db, asked, now),
    chooseHour: (db, asked) => chooseHours(deps, db, asked, deps.clock.now()),
    messageCosts: async (db) => messageCosts(await readSettings(db)),
  };
}
