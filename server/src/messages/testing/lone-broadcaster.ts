/**
 * Takes broadcasts further and sends them in a process of its own, until it is killed. What it reads is a
 * `LoneBroadcaster` as JSON; everybody it is given is in every audience.
 */
import { json } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

import { createMessages } from "../index.ts";
import { type LoneOffice, openLoneOffice } from "./lone-office.ts";

export interface LoneBroadcaster extends LoneOffice {
  /** Stands still in the middle of the step that reads this page of the audience; null: never. */
  readonly stuckAtPage: number | null;
  readonly isSending: boolean;
}

const given = (await json(process.stdin)) as LoneBroadcaster;
const deps = await openLoneOffice(given);
const ids = given.people.map(({ id }) => id).sort();
const messages = createMessages({
  ...deps,
  audiences: {
    ...deps.audiences,
    async page(_db, _audience, after, limit) {
      const from = after === null ? 0 : ids.indexOf(String(after[0])) + 1;
      const page = ids.slice(from, from + limit);
      if (given.stuckAtPage === from / limit) {
        process.stdout.write("stuck\n");
        await new Promise(() => {});
      }
      return { ids: page, next: from + limit < ids.length ? [page.at(-1) ?? ""] : null };
    },
    size: async () => ids.length,
    nameOf: async () => "Everybody",
  },
});
for (;;) {
  await messages.feedDue();
  if (given.isSending) await messages.sendDue();
  process.stdout.write("worked\n");
  await pause(20);
}
