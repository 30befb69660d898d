import type { Db } from "../../platform/db.ts";
import type { Graph } from "../contracts.ts";
import { loadLive, revision } from "../queries/load-live.pg.ts";
import type { Run } from "./run.ts";

export interface LiveJourney {
  readonly id: string;
  readonly name: string;
  readonly status: "live" | "paused";
  /** The version that newcomers begin with. */
  readonly version: number;
  /** That one, and the older ones that somebody is still on. */
  readonly graphs: ReadonlyMap<number, Graph>;
}

/** What the live journeys listen to, so that a batch that concerns none of them costs one small query. */
export interface LiveIndex {
  readonly journeys: ReadonlyMap<string, LiveJourney>;
  /** Event → journeys it may begin. */
  readonly entries: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Event → journeys with a goal or a wait for it. */
  readonly heeds: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Event → journeys whose goal it is. */
  readonly goals: ReadonlyMap<string, readonly LiveJourney[]>;
  readonly segmentEntries: ReadonlyMap<string, readonly LiveJourney[]>;
  readonly segmentExits: ReadonlyMap<string, readonly LiveJourney[]>;
}

/** Keeps the index in memory until the journeys' revision says that something was published, paused or archived. */
export class LiveJourneys {
  #revision = -1;
  #index: LiveIndex = makeIndex([]);

  hears(eventName: string): boolean {
    return this.#revision < 0 || this.#index.entries.has(eventName) || this.#index.heeds.has(eventName);
  }

  async read(db: Db): Promise<LiveIndex> {
    const now = await revision(db);
    if (now !== this.#revision) {
      this.#index = makeIndex(await loadLive(db));
      this.#revision = now;
    }
    return this.#index;
  }

  /**
   * The index with the graphs of these runs. A batch that began before a journey was published anew may have put a run
   * on the version before, after we last looked.
   */
  async readFor(db: Db, runs: readonly Pick<Run, "journeyId" | "version">[]): Promise<LiveIndex> {
    const index = await this.read(db);
    const isKnown = runs.every((run) => index.journeys.get(run.journeyId)?.graphs.has(run.version));
    if (isKnown) return index;
    this.#revision = -1;
    return this.read(db);
  }
}

export function makeIndex(journeys: readonly LiveJourney[]): LiveIndex {
  const index = {
    journeys: new Map(journeys.map((journey) => [journey.id, journey])),
    entries: new Map<string, LiveJourney[]>(),
    heeds: new Map<string, LiveJourney[]>(),
    goals: new Map<string, LiveJourney[]>(),
    segmentEntries: new Map<string, LiveJourney[]>(),
    segmentExits: new Map<string, LiveJourney[]>(),
  };
  for (const journey of journeys) {
    const current = journey.graphs.get(journey.version);
    if (current && journey.status === "live") {
      if (current.entry.kind === "event") put(index.entries, current.entry.event, journey);
      else put(index.segmentEntries, current.entry.segment_id, journey);
    }
    for (const graph of journey.graphs.values()) {
      if (graph.goal) {
        put(index.heeds, graph.goal.event, journey);
        put(index.goals, graph.goal.event, journey);
      }
      for (const node of Object.values(graph.nodes)) {
        if (node.kind === "wait_event") put(index.heeds, node.event, journey);
      }
      if (graph.exit_when_leaves && graph.entry.kind === "segment") {
        put(index.segmentExits, graph.entry.segment_id, journey);
      }
    }
  }
  return index;
}

function put(map: Map<string, LiveJourney[]>, key: string, journey: LiveJourney): void {
  const known = map.get(key);
  if (!known) map.set(key, [journey]);
  else if (!known.includes(journey)) known.push(journey);
}
