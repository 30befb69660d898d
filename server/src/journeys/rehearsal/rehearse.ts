import type { KilimEvent } from "../../collect/index.ts";
import { VirtualClock } from "../../platform/clock.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { Graph } from "../contracts.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import type { Effects, Errand } from "../nodes/node-kind.ts";
import { groundOf, type LiveIndex, makeIndex } from "../runs/live-journeys.ts";
import type { Would } from "../runs/note.ts";
import { entryKey, type LastEntered, planBatch } from "../runs/plan-batch.ts";
import type { Run, Step, Walk } from "../runs/run.ts";
import { noEffects, stepRun } from "../runs/step-run.ts";
import { imaginedFacts, type Said } from "./imagined-facts.ts";
import type { Rendered, World } from "./world.ts";

export interface Rehearsing {
  readonly graph: Graph;
  readonly kinds: Kinds;
  readonly world: World;
  readonly starts: Temporal.Instant;
  /** In the order of their times. */
  readonly events: readonly KilimEvent[];
  /** Lets the person in at the start, whatever the entry says. */
  readonly entersAtStart: boolean;
  readonly timeZone: string;
  /** What webhooks would answer, by node; others do not answer. */
  readonly answers?: Readonly<Record<string, JsonObject>>;
  /** The clock goes no further. */
  readonly until: Temporal.Instant;
}

export interface RehearsedMessage extends Rendered {
  readonly at: string;
  readonly node: string;
}

export interface Rehearsed {
  readonly steps: readonly Pick<Step, "node" | "at" | "note" | "way">[];
  readonly messages: readonly RehearsedMessage[];
  /** What would have been done beside: traits, lists, calls, other journeys. */
  readonly would: readonly { readonly at: string; readonly node: string; readonly what: Would }[];
  /** null: nobody came in. */
  readonly run: Pick<Run, "status" | "node" | "exitReason" | "wakeAt"> | null;
}

export const REHEARSED = "00000000-0000-7000-8000-000000000000";
/** A journey that goes round and round for years is seen long before. */
const MOST_TURNS = 2_000;

/**
 * Takes one person through a journey by a clock of its own: the same plan, the same steps and the same order of event
 * and timeout as for people on the way. Nothing is written, nothing leaves.
 */
export async function rehearse(given: Rehearsing): Promise<Rehearsed> {
  const stage = new Rehearsal(given);
  await stage.begin();
  for (let turn = 0; turn < MOST_TURNS && (await stage.turn()); turn++);
  return stage.result();
}

class Rehearsal {
  readonly #given: Rehearsing;
  readonly #clock: VirtualClock;
  readonly #index: LiveIndex;
  readonly #waiting: KilimEvent[];
  readonly #members = new Map<string, { holds: boolean; until: number | null }>();
  readonly #steps: Step[] = [];
  readonly #messages: RehearsedMessage[] = [];
  readonly #would: { at: string; node: string; what: Would }[] = [];
  readonly #said = new Map<string, Said>();
  /** Runs told apart by a business key may be under way at once. */
  readonly #runs = new Map<string, Run>();
  readonly #entered = new Map<string, LastEntered>();

  constructor(given: Rehearsing) {
    this.#given = given;
    this.#clock = new VirtualClock(given.starts);
    const graph = { ...given.graph, holdout: 0 };
    const graphs = new Map([[1, graph]]);
    const journey = { id: REHEARSED, name: "", status: "live", version: 1, graphs, isMarketing: false } as const;
    this.#index = makeIndex([journey], given.kinds);
    this.#waiting = [...given.events];
  }

  async begin(): Promise<void> {
    for (const id of this.#segments()) {
      this.#members.set(id, await this.#given.world.inSegment(id, this.#now()));
    }
    if (this.#given.entersAtStart) await this.#plan([], [], true);
  }

  /** What comes next: a step that is due, a segment that time alone changes, an event. False when nothing does. */
  async turn(): Promise<boolean> {
    const run = this.#next();
    const wake = run?.wakeAt ? Date.parse(run.wakeAt) : Number.POSITIVE_INFINITY;
    const horizon = Math.min(...[...this.#members.values()].map(({ until }) => until ?? Number.POSITIVE_INFINITY));
    const [event] = this.#waiting;
    const happens = event ? Date.parse(event.timestamp) : Number.POSITIVE_INFINITY;
    const next = Math.min(wake, horizon, happens);
    if (next > this.#given.until.epochMilliseconds || (run === null && this.#isOver(happens, horizon))) return false;
    if (next > this.#now()) this.#clock.set(Temporal.Instant.fromEpochMilliseconds(next));
    // An event at the very instant of a timeout comes too late, as for people on the way.
    if (run && wake <= next) await this.#step(run);
    else if (horizon <= next) await this.#plan([], await this.#changes(), false);
    else if (event) {
      this.#waiting.shift();
      await this.#happen(event);
    }
    return true;
  }

  result(): Rehearsed {
    const run = [...this.#runs.values()].at(-1) ?? null;
    return {
      steps: this.#steps.map(({ node, at, note, way }) => ({ node, at, note, ...(way === undefined ? {} : { way }) })),
      messages: this.#messages,
      would: this.#would,
      run: run && { status: run.status, node: run.node, exitReason: run.exitReason, wakeAt: run.wakeAt },
    };
  }

  /** Whoever has left, or never came in, is only waited for while something may still let them in. */
  #isOver(happens: number, horizon: number): boolean {
    const mayComeBySegment = this.#given.graph.entry.kind === "segment" && Number.isFinite(horizon);
    return !Number.isFinite(happens) && (this.#runs.size > 0 || !mayComeBySegment);
  }

  async #happen(event: KilimEvent): Promise<void> {
    await this.#given.world.take(event);
    this.#noteReaction(event);
    await this.#plan([event], await this.#changes(), false);
  }

  async #plan(events: readonly KilimEvent[], changes: readonly MembershipChange[], enters: boolean): Promise<void> {
    const { world } = this.#given;
    const plan = planBatch(
      {
        now: this.#clock.now(),
        index: this.#index,
        events: events.map((event) => ({ event, profileId: world.profileId })),
        changes,
        entering: enters
          ? [{ journeyId: REHEARSED, profileId: world.profileId, key: "", carries: {}, came: { by: "rehearsal" } }]
          : [],
        runs: this.#active(),
        lastEntered: this.#entered,
        isHeldOut: () => false,
      },
      this.#clock,
      world.matches,
    );
    for (const walk of [...plan.changed, ...plan.begun]) this.#keep(walk);
    for (const { run } of plan.begun)
      this.#entered.set(entryKey(run.journeyId, run.profileId, run.businessKey), {
        at: run.enteredAt,
        askedAt: run.enteredAt,
      });
  }

  async #step(run: Run): Promise<void> {
    const { world, answers, timeZone } = this.#given;
    const now = this.#clock.now();
    const effects = noEffects();
    const facts = imaginedFacts({ world, now, timeZone, said: this.#said });
    const ground = groundOf(this.#index, run);
    this.#keep(await stepRun({ clock: this.#clock, facts }, run, ground, now, effects));
    await this.#note(effects, run);
    for (const errand of effects.errands) {
      const answer = answers?.[errand.run.node];
      const waits = this.#runs.get(errand.run.id);
      if (errand.kind !== "call" || !answer || !waits || waits.status !== "waiting") continue;
      const kept = { ...(waits.carries.answers as JsonObject | undefined) };
      const saveAs = String(errand.what.save_as);
      const told = { ok: true, status: 200, ...answer, step: errand.run.steps };
      const carries = { ...waits.carries, answers: { ...kept, [saveAs]: told } };
      this.#runs.set(waits.id, { ...waits, carries, wakeAt: now.toString() });
    }
  }

  async #note(effects: Effects, run: Run): Promise<void> {
    const at = this.#clock.now().toString();
    for (const message of effects.messages) {
      const node = message.journey?.node ?? "";
      const rendered = await this.#given.world.render(message.templateId, message.data ?? {});
      this.#messages.push({ at, node, ...rendered });
      const status = rendered.withheld === null ? "sent" : "skipped";
      this.#said.set(node, { at, status, opened_at: null, clicked_at: null, ordered_at: null });
    }
    for (const event of effects.events) {
      const { name, type, traits } = event;
      const what: Would = type === "identify" ? { code: "tell_traits", traits } : { code: "tell_event", event: name };
      this.#would.push({ at, node: run.node, what });
      await this.#happen(event);
    }
    for (const errand of effects.errands) this.#would.push({ at, node: errand.run.node, what: wouldOf(errand) });
    for (const { journeyId } of effects.entering)
      this.#would.push({ at, node: run.node, what: { code: "enter_journey", journey_id: journeyId } });
  }

  #keep({ run, steps }: Walk): void {
    this.#runs.set(run.id, run);
    this.#steps.push(...steps);
  }

  /** `Email Opened`, `SMS Clicked`: about the newest message. */
  #noteReaction(event: KilimEvent): void {
    const last = [...this.#said.values()].at(-1);
    if (!last) return;
    if (event.name.endsWith(" Opened")) last.opened_at ??= event.timestamp;
    if (event.name.endsWith(" Clicked")) last.clicked_at ??= event.timestamp;
    if (event.name === "Order Completed") last.ordered_at ??= event.timestamp;
  }

  async #changes(): Promise<MembershipChange[]> {
    const changes: MembershipChange[] = [];
    for (const [segmentId, was] of this.#members) {
      const is = await this.#given.world.inSegment(segmentId, this.#now());
      this.#members.set(segmentId, is);
      if (is.holds === was.holds) continue;
      changes.push({
        segmentId,
        segmentName: this.#given.world.segmentName(segmentId),
        profileId: this.#given.world.profileId,
        kind: is.holds ? "entered" : "exited",
        at: this.#clock.now().toString(),
        historical: false,
      });
    }
    return changes;
  }

  #segments(): Set<string> {
    const { graph, kinds } = this.#given;
    const ids = new Set<string>();
    if (graph.entry.kind === "segment") ids.add(graph.entry.segment_id);
    for (const rule of graph.exit_on ?? []) if ("segment_id" in rule) ids.add(rule.segment_id);
    for (const node of Object.values(graph.nodes)) {
      for (const heard of kindOf(kinds, node)?.listens?.(node) ?? [])
        if ("segmentId" in heard) ids.add(heard.segmentId);
    }
    return ids;
  }

  #active(): Run[] {
    return [...this.#runs.values()].filter(({ status }) => status !== "ended");
  }

  /** The run that has something to do first. */
  #next(): Run | null {
    const due = ({ wakeAt }: Run) => (wakeAt === null ? Number.POSITIVE_INFINITY : Date.parse(wakeAt));
    return this.#active().sort((a, b) => due(a) - due(b))[0] ?? null;
  }

  #now(): number {
    return this.#clock.now().epochMilliseconds;
  }
}

function wouldOf({ kind, what }: Errand): Would {
  const change = { do: what.do === "remove" ? "remove" : "add" } as const;
  switch (kind) {
    case "call":
      return { code: "call", url: String(what.url) };
    case "list":
      return { code: "change_list", list_id: String(what.list_id), ...change };
    case "audience":
      return { code: "change_audience", audience_id: String(what.audience_id), ...change };
    default:
      return { code: "other", kind };
  }
}
