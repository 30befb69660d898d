import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/index.ts";
import { askHistory } from "../ask-history.ts";
import { eventNames, MOST_NAMES } from "../queries/event-names.ch.ts";
import { newestProperties } from "../queries/newest-properties.ch.ts";
import { Keeper } from "./keeper.ts";
import { type Survey, survey } from "./survey.ts";

/** Some people from all over. */
export type SampleProfiles = (db: Db, most: number) => Promise<readonly Pick<Profile, "traits" | "computed">[]>;

export interface SurveyDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly sampleProfiles: SampleProfiles;
}

/** Enough to suggest from, read in well under a second however much there is. */
const PEOPLE = 5_000;
const EVENTS = 2_000;
/** New words may wait a minute before they are suggested. */
const KEPT_MS = 60_000;

/** What people and events hold, looked up in a part of them and kept for a minute. */
export class Surveys {
  readonly #deps: SurveyDeps;
  readonly #people: Keeper<{ readonly trait: Survey; readonly computed: Survey }>;
  readonly #events: Keeper<Survey>;
  readonly #names: Keeper<readonly string[] | null>;

  constructor(deps: SurveyDeps) {
    this.#deps = deps;
    this.#people = new Keeper(deps.clock, { forMs: KEPT_MS, most: 1 });
    this.#events = new Keeper(deps.clock, { forMs: KEPT_MS, most: 50 });
    this.#names = new Keeper(deps.clock, { forMs: KEPT_MS, most: 1 });
  }

  async ofPeople(kind: "trait" | "computed"): Promise<Survey> {
    const both = await this.#people.get("people", async () => {
      const people = await this.#deps.sampleProfiles(this.#deps.db, PEOPLE);
      return {
        trait: survey(people.map((person) => person.traits)),
        computed: survey(people.map(({ computed }) => toChooseFrom(computed))),
      };
    });
    return both[kind];
  }

  /** The names of all events there have been; null where there are too many to know them all. */
  eventNames(): Promise<readonly string[] | null> {
    return this.#names.get("names", async () => {
      const found = await askHistory(() => eventNames(this.#deps.history));
      return found.length < MOST_NAMES ? found.map(({ name }) => name) : null;
    });
  }

  ofEvent(name: string): Promise<Survey> {
    return this.#events.get(name, async () => {
      const texts = await askHistory(() => newestProperties(this.#deps.history, name, EVENTS));
      return survey(texts.map(readObject));
    });
  }
}

/** What is computed of a person and is one of few words. */
function toChooseFrom({
  preferred_channel,
  preferred_store,
  last_category,
  currency,
}: Profile["computed"]): JsonObject {
  return { preferred_channel, preferred_store, last_category, currency };
}

function readObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text === "" ? "{}" : text);
  return isJsonObject(value as JsonObject) ? (value as JsonObject) : {};
}
