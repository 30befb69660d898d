import { setTimeout as pause } from "node:timers/promises";

import type { Clock } from "../../platform/clock.ts";
import { makePeople } from "../people/make-people.ts";
import type { Api } from "./api.ts";
import { brieflyKnown, orderOnTheWeb } from "./order-on-the-web.ts";
import { say } from "./say.ts";
import { sellAtTills } from "./sell-at-tills.ts";
import { stockRoom } from "./stock-room.ts";

/** The twelve who are at the till and the fourteen who order today: customers of the year before. */
const AT_TILLS = 12;
const ON_THE_WEB = 14;
const LOOK_EVERY_MS = 100;

export interface PlayDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly seed: string;
  readonly people: number;
}

/**
 * One day at the shop after the year: sales at the tills, orders on the web in every stage, goods on their way between
 * stores, a newsletter, two journeys of the library. It all goes through the public API, as it would from outside.
 */
export async function playDay({ api, clock, seed, people }: PlayDeps): Promise<void> {
  const known = makePeople(seed, people).filter(({ userId, habit }) => userId !== null && habit === "buys");
  const shoppers = known.slice(AT_TILLS, AT_TILLS + ON_THE_WEB);
  await say(api);
  await api({ method: "POST", url: "/v1/batch", body: { batch: shoppers.map(brieflyKnown) }, device: "demo" });
  await sellAtTills(api, clock, known.slice(0, AT_TILLS));
  await stockRoom(api);
  await untilWorkedIn(api);
  for (const [i, shopper] of shoppers.entries()) await orderOnTheWeb(api, clock, shopper, i);
}

/** A device's orders are the person's once it is known whose device it is. */
async function untilWorkedIn(api: Api): Promise<void> {
  while ((await api({ method: "GET", url: "/v1/pipeline" })).inbox !== 0) await pause(LOOK_EVERY_MS);
}
