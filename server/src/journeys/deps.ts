import type { KilimEvent } from "../collect/index.ts";
import type { MadeUpMessage, MadeUpTemplate, Messages } from "../messages/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import type { Log } from "../platform/log.ts";
import type { OutboundAnswer, OutboundRequest } from "../platform/outbound/outbound.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Profile } from "../profiles/index.ts";
import type { Condition, EventFilter } from "../segments/contracts.ts";
import type { ChosenChannel, NodeKind } from "./nodes/node-kind.ts";

/** What journeys ask of the room that keeps segments. */
export interface SegmentDoor {
  /** A definition as people write it, typed; throws an AppError whose fields begin with `definition`. */
  parse(definition: unknown): Condition;
  matches(filter: EventFilter, event: KilimEvent): boolean;
  existing(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>>;
  existingLists(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Beside each question whether its definition holds for its person now. */
  evaluate(tx: Tx, asked: readonly Asked[], now: Temporal.Instant): Promise<readonly boolean[]>;
  /** Those of these people who are in these segments: `segment person`. */
  membersAmong(db: Db, segmentIds: readonly string[], profileIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** People of a segment or list after this one, in the order of their ids. */
  people(db: Db, audience: Audience, after: string | null, limit: number): Promise<readonly string[]>;
  /** Puts people on a list or takes them off, in the caller's transaction. Wake "timers" afterwards. */
  changeList(tx: Tx, listId: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
  /** Name and definition of these segments, by id; how lists are called. */
  describe(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, { name: string; definition: Condition }>>;
  nameLists(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The segment of this name, made when there is none; the same for lists. */
  segmentCalled(name: string, definition: unknown): Promise<string>;
  listCalled(name: string): Promise<string>;
  /** Keeps ready what `evaluate` will be asked for this owner; an empty list gives it up. */
  watch(tx: Tx, owner: string, conditions: readonly Condition[]): Promise<void>;
  /** To be called when what `in_journey` means has changed. */
  refreshMeanings(tx: Tx): Promise<void>;
}

export interface Asked {
  readonly profileId: string;
  readonly condition: Condition;
}

export type Audience = { readonly segment_id: string } | { readonly list_id: string };

/** Which of these channels suits somebody best now, and why; null when none reaches them. */
export type ChooseChannel = (
  db: Db,
  asked: readonly { readonly profileId: string; readonly channels: readonly string[] }[],
  now: Temporal.Instant,
) => Promise<readonly (ChosenChannel | null)[]>;

/** The moment within these bounds at which somebody is most likely to react. */
export type ChooseHour = (
  db: Db,
  asked: readonly {
    profileId: string;
    from: Temporal.Instant;
    until: Temporal.Instant;
    zone: string;
    /** Of the message that waits for it; any when empty. */
    channels: readonly string[];
  }[],
) => Promise<readonly Temporal.Instant[]>;

/** What rehearsals and scenarios ask of other rooms: about people as they might be. Writes nothing. */
export interface Imagination {
  /** Somebody after some events more; of `db` null somebody who has done nothing before. */
  profile(db: Db | null, id: string, events: readonly KilimEvent[]): Promise<Profile>;
  /** A condition as people write it, written out: segments inside it by what they say. */
  writeOut(db: Db | null, condition: unknown): Promise<Condition>;
  /** Whether one holds for them, and until when (ms); with `tx` on top of what State keeps. */
  evaluate(
    tx: Tx | null,
    profile: Profile,
    events: readonly KilimEvent[],
    condition: Condition,
    now: number,
  ): Promise<{ readonly holds: boolean; readonly until: number | null }>;
  matches(filter: EventFilter, event: KilimEvent): boolean;
  render(
    template: MadeUpTemplate,
    given: { readonly profile: Profile; readonly data: JsonObject; readonly now: Temporal.Instant },
  ): Promise<MadeUpMessage>;
}

/** Ad networks' audiences, when some are connected. */
export interface Audiences {
  /** Why nobody could be put into it; null when nothing stands in the way. */
  check(db: Db, audienceId: string): Promise<string | null>;
  change(tx: Tx, audienceId: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
}

/** Somebody with a date at hand: whoever has this trait on one of these days of the year, or on this very day. */
export type PeopleByDate = (
  db: Db,
  trait: string,
  days: readonly string[],
  after: string | null,
  limit: number,
) => Promise<readonly string[]>;

export interface JourneysDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly messages: Pick<
    Messages,
    | "enqueue"
    | "cancel"
    | "hold"
    | "purposesOf"
    | "reactions"
    | "channelsOf"
    | "createTemplate"
    | "readTemplate"
    | "imagine"
  >;
  readonly segments: SegmentDoor;
  readonly loadProfiles: (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  /** The profile a reference (`id` or `type:value`) means now; refuses with 404 when there is none. */
  readonly resolveProfile: (db: Db, ref: string) => Promise<string>;
  readonly peopleByDate: PeopleByDate;
  readonly imagination: Imagination;
  /** Lets events of ours join the timelines; those that nobody hears go to History at once. */
  readonly tell: (tx: Tx, events: readonly KilimEvent[]) => Promise<void>;
  /** Requests to addresses that people have given us. */
  readonly outbound: { send(request: OutboundRequest): Promise<OutboundAnswer> };
  /** The retailer's own zone, for whoever has none. */
  readonly timeZone: string;
  readonly secrets: Secrets;
  readonly chooseChannel?: ChooseChannel;
  readonly chooseHour?: ChooseHour;
  readonly audiences?: Audiences;
  /** Kinds of nodes that other rooms add. */
  readonly kinds?: readonly NodeKind[];
}
