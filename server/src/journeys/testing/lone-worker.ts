/**
 * Steps journeys and sends their messages in a process of its own, until it is killed or its input ends. Its one
 * argument is a `LoneWorker` as JSON.
 */
import { setTimeout as pause } from "node:timers/promises";

import { pino } from "pino";

import { append } from "../../collect/index.ts";
import { createImagination } from "../../imagination.ts";
import { createMessages } from "../../messages/index.ts";
import { type LoneOffice, openLoneOffice } from "../../messages/testing/lone-office.ts";
import { createJourneys } from "../index.ts";
import { fakeSegments } from "./fake-segments.ts";

export interface LoneWorker extends LoneOffice {
  /** Stands still in the middle of a step when it is to decide a branch. */
  readonly isStuck: boolean;
  readonly isSending: boolean;
}

const given = JSON.parse(process.argv[2] ?? "") as LoneWorker;
const deps = await openLoneOffice(given);
const messages = createMessages(deps);
const segments = fakeSegments(new Set(), new Map());
const { db, clock, bus, secrets, loadProfiles, resolveProfile, outboundAllow, timeZone } = deps;
const journeys = createJourneys({
  db,
  clock,
  bus,
  secrets,
  loadProfiles,
  resolveProfile,
  outboundAllow,
  timeZone,
  log: pino({ level: "silent" }),
  messages,
  segments: given.isStuck ? { ...segments, evaluate: () => new Promise(() => {}) } : segments,
  peopleByDate: async () => [],
  tell: (tx, events) => append(tx, events),
  imagination: createImagination(),
});
let isOver = false;
process.stdin.on("end", () => {
  isOver = true;
});
process.stdin.resume();
process.stdout.write("ready\n");
while (!isOver) {
  // Few at a time, so that several find their share.
  const stepped = await journeys.runDue(clock.now(), 20);
  const sent = given.isSending ? await messages.sendDue() : 0;
  if (stepped + sent === 0) await pause(20);
}
process.exit(0);
