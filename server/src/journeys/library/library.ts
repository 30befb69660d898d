import { readdirSync, readFileSync } from "node:fs";

import { type JourneyFile, journeyFile } from "../files/file-shape.ts";

/** In the order in which they are shown: what most shops begin with first. */
const ORDER = [
  "abandoned-cart",
  "welcome",
  "post-purchase",
  "browse-abandonment",
  "back-in-stock",
  "price-drop",
  "low-stock",
  "pickup-reminders",
  "in-store-moment",
  "win-back",
  "replenishment",
  "birthday",
];

let read: ReadonlyMap<string, JourneyFile> | null = null;

/** The journeys that come with Kilim, by key; each is a file beside this one. */
export function library(): ReadonlyMap<string, JourneyFile> {
  read ??= new Map(
    readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith(".json"))
      .map((name) => [
        name.replace(/\.json$/, ""),
        journeyFile.parse(JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, "utf8"))),
      ]),
  );
  return new Map([...read].sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b)));
}
