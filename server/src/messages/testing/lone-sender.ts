/** A worker of its own process, for tests that kill it. Its one argument is a `LoneSender` as JSON. */
import { createMessages } from "../index.ts";
import { type LoneOffice, openLoneOffice } from "./lone-office.ts";

export interface LoneSender extends LoneOffice {
  /** Stands still before the text is made: after the claim, before the mail server hears of it. */
  readonly isStuck: boolean;
}

const given = JSON.parse(process.argv[2] ?? "") as LoneSender;
const deps = await openLoneOffice(given);
const messages = createMessages({
  ...deps,
  ...(given.isStuck ? { loadProfiles: () => new Promise(() => {}) } : {}),
});
process.stdout.write(`sent ${await messages.sendDue()}\n`);
