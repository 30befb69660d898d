import type { KilimEvent } from "../../collect/index.ts";
import { isHeldOut } from "../../experiments/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { FoldedEvent } from "../../profiles/contracts.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { Graph } from "../contracts.ts";
import type { SegmentDoor } from "../deps.ts";
import { enteredEvent, exitedEvent, keptOutEvent, movedEvent } from "../events.ts";
import { secondsOf } from "../graph/shapes.ts";
import type { Entering } from "../nodes/node-kind.ts";
import { businessKey, heedChange, heedEvent } from "./heed-event.ts";
import { groundOf, type LiveIndex, type LiveJourney } from "./live-journeys.ts";
import type { CameBy } from "./note.ts";
import { arrive, end, type Ground, noted, type Run, type Step, stayed, type Walk } from "./run.ts";

/** Events older than this begin nothing: what they speak of is over. */
const STALE = { hours: 72 };
/** What a run carries of the event it began with. */
const MAX_CARRIED = 16_000;

export interface BatchFacts {
  readonly now: Temporal.Instant;
  readonly index: LiveIndex;
  readonly events: readonly FoldedEvent[];
  readonly changes: readonly MembershipChange[];
  /** Who is let in beside what happened: by a schedule, a date, the API, another journey. */
  readonly entering?: readonly Entering[];
  /** Runs under way of the people concerned. */
  readonly runs: readonly Run[];
  /** `journey profile key` → when they last entered. */
  readonly lastEntered: ReadonlyMap<string, LastEntered>;
  /** Held out of all marketing. */
  readonly isHeldOut: (profileId: string) => boolean;
}

/** When somebody last came in, and when they last did or were kept out. */
export interface LastEntered {
  readonly at: string | null;
  readonly askedAt: string;
}

export interface BatchPlan {
  readonly changed: readonly Walk[];
  readonly begun: readonly Walk[];
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
  for (const change of facts.changes) plan.takeChange(change);
  for (const entering of facts.entering ?? []) plan.letIn(entering);
  return plan.result();
}

interface Entry {
  readonly beganAt: string;
  readonly key: string;
  readonly carries: JsonObject;
  readonly came: CameBy;
  readonly startsAt?: string | undefined;
}

class Planner {
  readonly #facts: BatchFacts;
  readonly #clock: Clock;
  readonly #matches: SegmentDoor["matches"];
  readonly #runs: Map<string, Run>;
  readonly #byProfile = new Map<string, string[]>();
  readonly #eventsOf: ReadonlyMap<string, readonly KilimEvent[]>;
  readonly #lastEntered: Map<string, LastEntered>;
  readonly #changed = new Set<string>();
  readonly #begun = new Set<string>();
  readonly #steps = new Map<string, Step[]>();
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
        const ground = this.#groundOf(run);
        const walk = ground && heedEvent(run, ground, event, now, this.#matches);
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
      this.#begin(journey, graph, profileId, {
        beganAt: event.timestamp,
        key,
        carries,
        came: { by: "event", event: event.name },
      });
    }
  }

  takeLeaving(change: MembershipChange): void {
    for (const run of this.#active(change.profileId)) {
      const graph = this.#groundOf(run)?.graph;
      if (!graph?.exit_when_leaves || graph.entry.kind !== "segment") continue;
      if (graph.entry.segment_id !== change.segmentId) continue;
      const left = noted(stayed(run), this.#at(), { code: "left_segment", segment: change.segmentName });
      this.#keep(end(left, "left_segment", this.#facts.now));
    }
  }

  takeChange(change: MembershipChange): void {
    const { index, now } = this.#facts;
    if (index.segmentHeeds.has(change.segmentId)) {
      for (const run of this.#active(change.profileId)) {
        const ground = this.#groundOf(run);
        const walk = ground && heedChange(run, ground, change, now);
        if (walk) this.#keep(walk);
      }
    }
    if (change.historical) return;
    const on = change.kind === "entered" ? "enter" : "exit";
    for (const journey of index.segmentEntries.get(`${on} ${change.segmentId}`) ?? []) {
      const graph = journey.graphs.get(journey.version);
      if (!graph || this.#hasReachedGoal(graph, change)) continue;
      const came: CameBy = { by: on === "enter" ? "segment" : "left_segment", segment: change.segmentName };
      this.#begin(journey, graph, change.profileId, { beganAt: change.at, key: "", carries: {}, came });
    }
  }

  letIn({ journeyId, profileId, ...entry }: Entering): void {
    const journey = this.#facts.index.journeys.get(journeyId);
    const graph = journey?.graphs.get(journey.version);
    if (journey?.status === "live" && graph) this.#begin(journey, graph, profileId, { ...entry, beganAt: this.#at() });
  }

  result(): BatchPlan {
    const changed = [...this.#changed].filter((id) => !this.#begun.has(id));
    const pick = (ids: readonly string[]): Walk[] =>
      ids.flatMap((id) => {
        const run = this.#runs.get(id);
        return run ? [{ run, steps: this.#steps.get(id) ?? [] }] : [];
      });
    const walks = pick(changed);
    return {
      changed: walks,
      begun: pick([...this.#begun]),
      news: this.#news,
      ended: walks.filter(({ run }) => run.status === "ended").map(({ run }) => run.id),
    };
  }

  #begin(journey: LiveJourney, graph: Graph, profileId: string, entry: Entry): void {
    const { now } = this.#facts;
    const isUnderWay = this.#active(profileId).some(
      (run) => run.journeyId === journey.id && run.businessKey === entry.key,
    );
    const slot = entryKey(journey.id, profileId, entry.key);
    const isKeptOut = journey.isMarketing && this.#facts.isHeldOut(profileId);
    const last = this.#lastEntered.get(slot);
    if (isUnderWay || !mayReenter(graph, isKeptOut ? last?.askedAt : last?.at, now)) return;
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
    this.#lastEntered.set(slot, { at: isKeptOut ? (last?.at ?? null) : run.enteredAt, askedAt: run.enteredAt });
    this.#begun.add(run.id);
    this.#ofProfile(profileId).push(run.id);
    if (isKeptOut) {
      const { run: kept, steps } = end(stayed(run), "global_holdout", now);
      this.#runs.set(kept.id, kept);
      this.#steps.set(kept.id, [...steps]);
      this.#news.push(keptOutEvent(this.#clock, kept, journey.name));
      return;
    }
    this.#news.push(enteredEvent(this.#clock, run, journey.name, entry.came));
    const entered = noted(stayed(run), this.#at(), { code: "entered", came: entry.came }, "entry");
    this.#keep(this.#first(entered, { graph, kinds: this.#facts.index.kinds }, entry), true);
  }

  #first(entered: Walk, ground: Ground, { beganAt, startsAt }: Entry): Walk {
    const { now } = this.#facts;
    const { profileId, journeyId } = entered.run;
    const { graph } = ground;
    if (graph.holdout && isHeldOut(journeyId, profileId, graph.holdout / 100)) return end(entered, "holdout", now);
    if (startsAt === undefined || Temporal.Instant.compare(Temporal.Instant.from(startsAt), now) <= 0)
      return arrive(entered, ground, graph.start, now, beganAt);
    const run: Run = { ...entered.run, status: "due", wakeAt: startsAt, waitsSince: beganAt };
    return { ...entered, run };
  }

  #keep(walk: Walk, isNew = false): void {
    const { run, steps } = walk;
    this.#runs.set(run.id, run);
    this.#changed.add(run.id);
    this.#steps.set(run.id, [...(this.#steps.get(run.id) ?? []), ...steps]);
    const name = this.#facts.index.journeys.get(run.journeyId)?.name ?? "";
    if (run.status === "ended") this.#news.push(exitedEvent(this.#clock, run, name, steps));
    else if (!isNew) this.#news.push(movedEvent(this.#clock, walk, name));
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

  #groundOf(run: Run): Ground | undefined {
    return groundOf(this.#facts.index, run);
  }

  #at(): string {
    return this.#facts.now.toString();
  }
}

/** Counted from the last entry, per person and business key. */
function mayReenter(graph: Graph, last: string | null | undefined, now: Temporal.Instant): boolean {
  if (last === undefined || last === null || graph.reentry.mode === "always") return true;
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
