import type { KilimEvent } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { FoldedEvent } from "../../profiles/contracts.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import { type Graph, secondsOf } from "../contracts.ts";
import type { SegmentDoor } from "../deps.ts";
import { enteredEvent, exitedEvent } from "../events.ts";
import { businessKey, heedEvent } from "./heed-event.ts";
import type { LiveIndex, LiveJourney } from "./live-journeys.ts";
import { arrive, end, noted, type Run, type Step, stayed, type Walk } from "./run.ts";

/** Events older than this begin nothing: what they speak of is over. */
const STALE = { hours: 72 };
/** What a run carries of the event it began with. */
const MAX_CARRIED = 16_000;

export interface BatchFacts {
  readonly now: Temporal.Instant;
  readonly index: LiveIndex;
  readonly events: readonly FoldedEvent[];
  readonly changes: readonly MembershipChange[];
  /** Runs under way of the people concerned. */
  readonly runs: readonly Run[];
  /** `journey profile key` → when they last entered. */
  readonly lastEntered: ReadonlyMap<string, string>;
}

export interface BatchPlan {
  readonly changed: readonly Run[];
  readonly begun: readonly Run[];
  readonly steps: readonly Step[];
  /** Joins the timelines. */
  readonly news: readonly KilimEvent[];
  /** Runs that ended and may still have a message in the queue. */
  readonly ended: readonly string[];
}

export function entryKey(journeyId: string, profileId: string, key: string): string {
  return `${journeyId} ${profileId} ${key}`;
}

/** Decides, without touching anything, what a batch means for the journeys: one person's events in their order. */
export function planBatch(facts: BatchFacts, clock: Clock, matches: SegmentDoor["matches"]): BatchPlan {
  const plan = new Planner(facts, clock, matches);
  for (const folded of facts.events) plan.takeEvent(folded);
  for (const change of facts.changes) if (change.kind === "exited") plan.takeLeaving(change);
  for (const change of facts.changes) if (change.kind === "entered") plan.takeEntering(change);
  return plan.result();
}

interface Entry {
  readonly beganAt: string;
  readonly key: string;
  readonly carries: JsonObject;
  readonly why: string;
}

class Planner {
  readonly #facts: BatchFacts;
  readonly #clock: Clock;
  readonly #matches: SegmentDoor["matches"];
  readonly #runs: Map<string, Run>;
  readonly #byProfile = new Map<string, string[]>();
  readonly #eventsOf: ReadonlyMap<string, readonly KilimEvent[]>;
  readonly #lastEntered: Map<string, string>;
  readonly #changed = new Set<string>();
  readonly #begun = new Set<string>();
  readonly #steps: Step[] = [];
  readonly #news: KilimEvent[] = [];

  constructor(facts: BatchFacts, clock: Clock, matches: SegmentDoor["matches"]) {
    this.#facts = facts;
    this.#clock = clock;
    this.#matches = matches;
    this.#runs = new Map(facts.runs.map((run) => [run.id, run]));
    const byProfile = Map.groupBy(facts.events, (folded) => folded.profileId);
    this.#eventsOf = new Map([...byProfile].map(([id, folded]) => [id, folded.map(({ event }) => event)]));
    this.#lastEntered = new Map(facts.lastEntered);
    for (const run of facts.runs) this.#ofProfile(run.profileId).push(run.id);
  }

  takeEvent({ event, profileId }: FoldedEvent): void {
    const { index, now } = this.#facts;
    if (index.heeds.has(event.name)) {
      for (const run of this.#active(profileId)) {
        const graph = this.#graphOf(run);
        const walk = graph && heedEvent(run, graph, event, now, this.#matches);
        if (walk) this.#keep(walk);
      }
    }
    if (event.historical || isOlder(event.timestamp, now.subtract(STALE))) return;
    for (const journey of index.entries.get(event.name) ?? []) {
      const graph = journey.graphs.get(journey.version);
      if (graph?.entry.kind !== "event") continue;
      if (!this.#matches({ did: graph.entry.event, where: graph.entry.where }, event)) continue;
      const key = businessKey(graph, event);
      if (key === null) continue;
      const carries = carried(event);
      this.#begin(journey, graph, profileId, { beganAt: event.timestamp, key, carries, why: `event ${event.name}` });
    }
  }

  takeLeaving(change: MembershipChange): void {
    for (const run of this.#active(change.profileId)) {
      const graph = this.#graphOf(run);
      if (!graph?.exit_when_leaves || graph.entry.kind !== "segment") continue;
      if (graph.entry.segment_id !== change.segmentId) continue;
      this.#keep(end(noted(stayed(run), this.#at(), `left ${change.segmentName}`), "left_segment", this.#facts.now));
    }
  }

  takeEntering(change: MembershipChange): void {
    if (change.historical) return;
    for (const journey of this.#facts.index.segmentEntries.get(change.segmentId) ?? []) {
      const graph = journey.graphs.get(journey.version);
      if (!graph || this.#hasReachedGoal(graph, change)) continue;
      const why = `segment ${change.segmentName}`;
      this.#begin(journey, graph, change.profileId, { beganAt: change.at, key: "", carries: {}, why });
    }
  }

  result(): BatchPlan {
    const changed = [...this.#changed].filter((id) => !this.#begun.has(id));
    const pick = (ids: readonly string[]) => ids.map((id) => this.#runs.get(id)).filter((run) => run !== undefined);
    return {
      changed: pick(changed),
      begun: pick([...this.#begun]),
      steps: this.#steps,
      news: this.#news,
      ended: pick(changed)
        .filter((run) => run.status === "ended")
        .map((run) => run.id),
    };
  }

  #begin(journey: LiveJourney, graph: Graph, profileId: string, entry: Entry): void {
    const { now } = this.#facts;
    const isUnderWay = this.#active(profileId).some(
      (run) => run.journeyId === journey.id && run.businessKey === entry.key,
    );
    const slot = entryKey(journey.id, profileId, entry.key);
    if (isUnderWay || !mayReenter(graph, this.#lastEntered.get(slot), now)) return;
    const run: Run = {
      id: newId(this.#clock),
      journeyId: journey.id,
      version: journey.version,
      profileId,
      businessKey: entry.key,
      node: graph.start,
      status: "due",
      wakeAt: this.#at(),
      waitsSince: null,
      steps: 0,
      carries: entry.carries,
      beganAt: entry.beganAt,
      enteredAt: this.#at(),
      exitedAt: null,
      exitReason: null,
      convertedAt: null,
    };
    this.#lastEntered.set(slot, run.enteredAt);
    this.#begun.add(run.id);
    this.#ofProfile(profileId).push(run.id);
    this.#news.push(enteredEvent(this.#clock, run, journey.name, entry.why));
    this.#keep(arrive(noted(stayed(run), this.#at(), `entered: ${entry.why}`), graph, graph.start, now, entry.beganAt));
  }

  #keep(walk: Walk): void {
    this.#runs.set(walk.run.id, walk.run);
    this.#changed.add(walk.run.id);
    this.#steps.push(...walk.steps);
    if (walk.run.status !== "ended") return;
    const name = this.#facts.index.journeys.get(walk.run.journeyId)?.name ?? "";
    this.#news.push(exitedEvent(this.#clock, walk.run, name));
  }

  #hasReachedGoal(graph: Graph, change: MembershipChange): boolean {
    const { goal } = graph;
    if (!goal) return false;
    return (this.#eventsOf.get(change.profileId) ?? []).some(
      (event) =>
        Date.parse(event.timestamp) >= Date.parse(change.at) &&
        this.#matches({ did: goal.event, where: goal.where }, event),
    );
  }

  #active(profileId: string): Run[] {
    return this.#ofProfile(profileId)
      .map((id) => this.#runs.get(id))
      .filter((run) => run !== undefined && run.status !== "ended") as Run[];
  }

  #ofProfile(profileId: string): string[] {
    const known = this.#byProfile.get(profileId);
    if (known) return known;
    const fresh: string[] = [];
    this.#byProfile.set(profileId, fresh);
    return fresh;
  }

  #graphOf(run: Run): Graph | undefined {
    return this.#facts.index.journeys.get(run.journeyId)?.graphs.get(run.version);
  }

  #at(): string {
    return this.#facts.now.toString();
  }
}

/** Counted from the last entry, per person and business key. */
function mayReenter(graph: Graph, last: string | undefined, now: Temporal.Instant): boolean {
  if (last === undefined || graph.reentry.mode === "always") return true;
  if (graph.reentry.mode === "never" || !graph.reentry.after) return false;
  const from = Temporal.Instant.from(last).add({ seconds: secondsOf(graph.reentry.after) });
  return Temporal.Instant.compare(from, now) <= 0;
}

function carried(event: KilimEvent): JsonObject {
  const whole = { event: event.properties, event_name: event.name, event_at: event.timestamp };
  return JSON.stringify(whole).length <= MAX_CARRIED ? whole : { event_name: event.name, event_at: event.timestamp };
}

function isOlder(at: string, than: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(at), than) < 0;
}
