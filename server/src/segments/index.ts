import type { Bus } from "../platform/bus.ts";
import { type Db, inTransaction, type RawBuilder, type Tx } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Room } from "../platform/room.ts";
import type { Batch } from "../profiles/index.ts";
import { analysisRoutes } from "./analysis/routes.ts";
import { createSampling } from "./analysis/sample-sizes.ts";
import type { AuditDeps } from "./audit/audit-deps.ts";
import { auditRoutes } from "./audit/routes.ts";
import { createAuditLoop } from "./audit/run-audits.ts";
import { createList, type ListFollower, putOnList } from "./change-list.ts";
import type { Condition, MembershipChange } from "./contracts.ts";
import { type CreateSegment, createSegment } from "./create-segment.ts";
import { type Asked, evaluateMany } from "./evaluate-many.ts";
import type { ReadEventsDeps } from "./explain/read-events.ts";
import { exportRoutes } from "./export/routes.ts";
import { FillRunner } from "./fills/fill-runner.ts";
import type { FillDeps } from "./fills/step-fill.ts";
import { foldBatch } from "./fold-batch.ts";
import type { JobDeps } from "./jobs/job-deps.ts";
import { createJobLoop, workJobs } from "./jobs/work-jobs.ts";
import { listRoutes } from "./lists/routes.ts";
import { type ReadDefinition, readDefinition } from "./parse-definition.ts";
import { resolved } from "./preview-segment.ts";
import { membersAmong, peopleOf } from "./queries/audience.pg.ts";
import { nextDueAt } from "./queries/due.pg.ts";
import { existingLists, listByName, listNames } from "./queries/lists.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { isMemberOf, type MembershipOf, membershipsJson, membershipsOf } from "./queries/memberships.pg.ts";
import { existingSegments, loadDefinitions } from "./queries/segments.pg.ts";
import { type BeyondState, countBeyond } from "./queries/waiting.pg.ts";
import { refreshMeanings } from "./refresh-meanings.ts";
import { RegistryCache } from "./registry.ts";
import { createNightly } from "./rfm/nightly.ts";
import { recompute } from "./rfm/recompute.ts";
import { rfmKind } from "./rfm/rfm-kind.ts";
import { rfmRoutes } from "./rfm/routes.ts";
import { segmentRoutes } from "./routes.ts";
import { beginRefold, type Separation, type StatesRefold, separatePeople } from "./separate-people.ts";
import { type DueChanges, takeDue } from "./take-due.ts";
import { templateRoutes } from "./templates/routes.ts";
import type { SampleProfiles } from "./vocabulary/surveys.ts";
import { createWaitingLoop, decideAllWaiting } from "./waiting/waiting-loop.ts";
import { watchConditions } from "./watch-conditions.ts";

export type { Condition, ConditionKind, EventFilter, MembershipChange, PropertyTest } from "./contracts.ts";
export { evaluateImagined } from "./imagine.ts";
export { readPropertyTests } from "./parse-definition.ts";
export { personalData as segmentData } from "./personal-data.ts";
export { matches as matchesEvent } from "./predicates/event-filter.ts";

export type { MembershipOf } from "./queries/memberships.pg.ts";
export { audienceAmong, audienceName, audiencePage, audienceSize } from "./queries/recipients.pg.ts";
export type { RegistryCache } from "./registry.ts";

export interface SegmentsDeps
  extends Omit<FillDeps, "registry">,
    ReadEventsDeps,
    Pick<JobDeps, "openFile" | "hasFile" | "findProfiles" | "identifiersOf"> {
  /** Those of these people of whom State knows something that History does not have yet. */
  readonly onTheirWay: AuditDeps["onTheirWay"];
  readonly sampleProfiles: SampleProfiles;
  readonly bus: Bus;
  readonly log: Log;
  readonly onListed?: ListFollower;
}

/** The room: `start` and `stop` run the fills of new definitions (worker part). */
export interface Segments extends Room {
  /** Folds a pipeline batch and decides again what it touches, in its transaction. */
  foldBatch(tx: Tx, batch: Batch): Promise<MembershipChange[]>;
  /** Makes what time has changed by `now` true, for at most `limit` horizons, in the sweeper's transaction. */
  takeDue(tx: Tx, now: Temporal.Instant, limit: number): Promise<DueChanges>;
  /** Whether a definition asks for events of this name, as the last transaction of this process has read them. */
  hears(eventName: string): boolean;
  /** When `takeDue` has work next (RFC 3339), null for never. */
  nextDue(db: Db): Promise<string | null>;
  /** Checks a definition inside something larger (a journey's branch), without a throw. */
  readDefinition(input: unknown, at: string): ReadDefinition;
  /** To be called when what a kind of condition means has changed: fills whatever segments say something else now. */
  refreshMeanings(tx: Tx): Promise<void>;
  /** Writes a segment and queues its first fill; gives its id. */
  createSegment(segment: CreateSegment): Promise<string>;
  /** Finds the boundaries of RFM scores anew, as it is done each night. */
  recomputeScores(): Promise<void>;
  /** Works off audits that are waiting. */
  audit(): Promise<void>;
  /** Works off fills that are waiting; returns early when one waits for History. */
  drain(): Promise<void>;
  /** Decides whoever waits for History; what it brings is left to the next `takeDue`. */
  decideWaiting(): Promise<void>;
  segmentsExist(db: Db, ids: readonly string[]): Promise<Set<string>>;
  isMember(db: Db, segmentId: string, profileId: string): Promise<boolean>;
  /** People of whom State alone does not keep enough. */
  countBeyond(db: Db): Promise<BeyondState>;
  /** The live segments a person is in, with the time since when. */
  segmentsOf(db: Db, profileId: string): Promise<MembershipOf[]>;
  /** The same as JSON within a statement that is about a profile. */
  segmentsJson(profileId: RawBuilder<unknown>): RawBuilder<readonly MembershipOf[]>;
  /** Works the open exports and uploads to their end; for tests. */
  workJobs(): Promise<number>;
  /** Beside each question whether its condition holds for its person now. */
  evaluate(tx: Tx, asked: readonly Asked[], now: Temporal.Instant): Promise<boolean[]>;
  /** The definitions in force, as this process has read them. */
  readonly registry: RegistryCache;
  /** A condition as people write it, checked, with what it refers to written out. */
  writeOut(db: Db, condition: unknown): Promise<Condition>;
  /** Segments by id: name and definition. */
  describe(db: Db, ids: readonly string[]): Promise<Map<string, { name: string; definition: Condition }>>;
  nameLists(db: Db, ids: readonly string[]): Promise<Map<string, string>>;
  /** The segment of this name, made when there is none. */
  segmentCalled(name: string, definition: unknown): Promise<string>;
  listCalled(name: string): Promise<string>;
  /** Brings what `hears` knows up to this transaction. */
  freshen(tx: Tx): Promise<void>;
  listsExist(db: Db, ids: readonly string[]): Promise<Set<string>>;
  membersAmong: typeof membersAmong;
  peopleOf: typeof peopleOf;
  /** Puts people on a list or takes them off. Wake "timers" after the commit. */
  changeList(tx: Tx, listId: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
  /** Begins to fold people's states anew, by the definitions of this moment. */
  beginRefold(): Promise<StatesRefold>;
  /** Gives two people their own states and memberships again; null when the refold has to begin once more. */
  separate(tx: Tx, refold: StatesRefold, separation: Separation): Promise<MembershipChange[] | null>;
  /** Keeps what an owner (a journey) will ask by `evaluate` ready in State; an empty list gives it up. */
  watch(tx: Tx, owner: string, conditions: readonly Condition[]): Promise<void>;
}

export function createSegments(given: SegmentsDeps): Segments {
  const registry = new RegistryCache();
  const grammar = { ...given.grammar, kinds: [...given.grammar.kinds, rfmKind] };
  const deps = { ...given, grammar, registry };
  const audits = createAuditLoop(deps);
  const fills = new FillRunner(deps, given.bus, given.log);
  const waiting = createWaitingLoop(deps);
  const sampling = createSampling(deps);
  const jobs = createJobLoop(deps);
  const recomputeScores = () => recompute(deps);
  const nightly = createNightly({ ...deps, recompute: recomputeScores });
  return {
    routes(app) {
      segmentRoutes(app, deps);
      analysisRoutes(app, deps);
      exportRoutes(app, deps);
      listRoutes(app, deps);
      rfmRoutes(app, deps);
      templateRoutes(app, deps);
      auditRoutes(app, deps);
    },
    async start() {
      // A release, or another node, may have changed what a kind means while nobody was looking.
      await inTransaction(given.db, (tx) => refreshMeanings(tx, deps));
      fills.start();
      waiting.start();
      sampling.start();
      jobs.start();
      nightly.start();
      audits.start();
    },
    async stop() {
      await audits.stop();
      await nightly.stop();
      await jobs.stop();
      await sampling.stop();
      await waiting.stop();
      await fills.stop();
    },
    recomputeScores,
    audit: () => audits.workAll(),
    drain: () => fills.drain(),
    decideWaiting: () => decideAllWaiting(deps),
    foldBatch: (tx, batch) => foldBatch(tx, deps, batch),
    takeDue: (tx, now, limit) => takeDue(tx, deps, now, limit),
    hears: (name) => registry.hears(name),
    nextDue: nextDueAt,
    readDefinition: (input, at) => readDefinition(input, grammar, at),
    async refreshMeanings(tx) {
      await refreshMeanings(tx, deps);
    },
    async createSegment(segment) {
      const id = await createSegment(deps, segment);
      given.bus.changed("segment", id, ["definition"]);
      return id;
    },
    workJobs: () => workJobs(deps, new AbortController().signal),
    countBeyond,
    segmentsExist: existingSegments,
    isMember: isMemberOf,
    segmentsOf: membershipsOf,
    segmentsJson: membershipsJson,
    evaluate: (tx, asked, now) => evaluateMany(tx, deps, asked, now),
    registry,
    writeOut: (db, condition) => resolved(db, grammar, condition),
    async describe(db, ids) {
      const found = (await loadDefinitions(db)).filter((row) => !row.is_hidden && ids.includes(row.id));
      return new Map(found.map(({ id, name, definition }) => [id, { name, definition }]));
    },
    nameLists: listNames,
    async segmentCalled(name, definition) {
      const known = (await loadDefinitions(given.db)).find((row) => !row.is_hidden && row.name === name);
      return (
        known?.id ?? (await createSegment(deps, { name, definition, enter_on_first_fill: false } as CreateSegment))
      );
    },
    async listCalled(name) {
      return (await listByName(given.db, name)) ?? (await createList({ ...deps, db: given.db }, name)).id;
    },
    async freshen(tx) {
      shareDefinitions(tx);
      await registry.current(tx);
    },
    listsExist: existingLists,
    membersAmong,
    peopleOf,
    async changeList(tx, listId, change) {
      await putOnList(tx, deps, listId, change);
    },
    beginRefold: () => beginRefold(deps),
    separate: (tx, refold, separation) => separatePeople(tx, deps, refold, separation),
    watch: (tx, owner, conditions) => watchConditions(tx, deps, owner, conditions),
  };
}
