import type { Db } from "../../platform/db.ts";
import type { Graph } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import { loadLive, revision } from "../queries/load-live.pg.ts";
import type { Ground, Run } from "./run.ts";

export interface LiveJourney {
  readonly id: string;
  readonly name: string;
  readonly status: "live" | "paused";
  /** The version that newcomers begin with. */
  readonly version: number;
  /** That one, and the older ones that somebody is still on. */
  readonly graphs: ReadonlyMap<number, Graph>;
  /** It says something, and all it says is marketing: whoever is held out of all marketing does not come in. */
  readonly isMarketing: boolean;
}

/** A journey as it is stored: what its messages are for is known to whoever keeps them. */
export type StoredLive = Omit<LiveJourney, "isMarketing">;
export type PurposesOf = JourneysDeps["messages"]["purposesOf"];

/** What the live journeys listen to, so that a batch that concerns none of them costs one small query. */
export interface LiveIndex {
  readonly journeys: ReadonlyMap<string, LiveJourney>;
  /** Event → journeys it may begin. */
  readonly entries: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Event → journeys with a goal or a wait for it. */
  readonly heeds: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Event → journeys whose goal it is. */
  readonly goals: ReadonlyMap<string, readonly LiveJourney[]>;
  /** `enter <segment>` or `exit <segment>` → journeys that it may begin. */
  readonly segmentEntries: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Segment → journeys that whoever leaves it leaves, too. */
  readonly segmentExits: ReadonlyMap<string, readonly LiveJourney[]>;
  /** Segment → journeys in which somebody waits for it, or is taken out by it. */
  readonly segmentHeeds: ReadonlyMap<string, readonly LiveJourney[]>;
  readonly kinds: Kinds;
}

/** The graph a run goes by; undefined when its version is not known here. */
export function groundOf(index: LiveIndex, run: Pick<Run, "journeyId" | "version">): Ground | undefined {
  const graph = index.journeys.get(run.journeyId)?.graphs.get(run.version);
  return graph && { graph, kinds: index.kinds };
}

/** Keeps the index in memory until the journeys' revision says that something was published, paused or archived. */
export class LiveJourneys {
  #revision = -1;
  #index: LiveIndex;
  readonly #kinds: Kinds;
  readonly #purposesOf: PurposesOf;

  constructor(kinds: Kinds, purposesOf: PurposesOf) {
    this.#kinds = kinds;
    this.#purposesOf = purposesOf;
    this.#index = makeIndex([], kinds);
  }

  hears(eventName: string): boolean {
    return this.#revision < 0 || this.#index.entries.has(eventName) || this.#index.heeds.has(eventName);
  }

  async read(db: Db): Promise<LiveIndex> {
    const now = await revision(db);
    if (now !== this.#revision) {
      this.#index = makeIndex(await this.#load(db), this.#kinds);
      this.#revision = now;
    }
    return this.#index;
  }

  async #load(db: Db): Promise<LiveJourney[]> {
    const stored = await loadLive(db);
    const said = new Map(stored.map((journey) => [journey.id, this.#templatesOf(journey)]));
    const purposes = await this.#purposesOf(db, [...new Set([...said.values()].flat())]);
    return stored.map((journey) => {
      const own = said.get(journey.id) ?? [];
      return { ...journey, isMarketing: own.length > 0 && own.every((id) => purposes.get(id) === "marketing") };
    });
  }

  #templatesOf({ graphs, version }: StoredLive): string[] {
    const nodes = Object.values(graphs.get(version)?.nodes ?? {});
    return nodes.flatMap((node) => kindOf(this.#kinds, node)?.templates?.(node) ?? []);
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

export function makeIndex(journeys: readonly LiveJourney[], kinds: Kinds): LiveIndex {
  const index = {
    journeys: new Map(journeys.map((journey) => [journey.id, journey])),
    entries: new Map<string, LiveJourney[]>(),
    heeds: new Map<string, LiveJourney[]>(),
    goals: new Map<string, LiveJourney[]>(),
    segmentEntries: new Map<string, LiveJourney[]>(),
    segmentExits: new Map<string, LiveJourney[]>(),
    segmentHeeds: new Map<string, LiveJourney[]>(),
    kinds,
  };
  for (const journey of journeys) {
    const current = journey.graphs.get(journey.version);
    if (current?.entry.kind === "event" && journey.status === "live") put(index.entries, current.entry.event, journey);
    if (current?.entry.kind === "segment" && journey.status === "live")
      put(index.segmentEntries, `${current.entry.on ?? "enter"} ${current.entry.segment_id}`, journey);
    for (const graph of journey.graphs.values()) {
      if (graph.goal) {
        put(index.heeds, graph.goal.event, journey);
        put(index.goals, graph.goal.event, journey);
      }
      for (const rule of graph.exit_on ?? []) {
        if ("event" in rule) put(index.heeds, rule.event, journey);
        else put(index.segmentHeeds, rule.segment_id, journey);
      }
      for (const node of Object.values(graph.nodes)) {
        for (const heard of kindOf(kinds, node)?.listens?.(node) ?? []) {
          if ("event" in heard) put(index.heeds, heard.event, journey);
          else put(index.segmentHeeds, heard.segmentId, journey);
        }
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
