import type { z } from "zod";

import type { KilimEvent } from "../../collect/index.ts";
import type { NewMessage } from "../../messages/index.ts";
import type { Db } from "../../platform/db.ts";
import type { FieldError } from "../../platform/errors.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { PropertyTest } from "../../segments/contracts.ts";
import type { Graph } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import type { Tally } from "../queries/flows.pg.ts";
import type { CameBy, ChannelReason, Note } from "../runs/note.ts";
import type { ExitReason, Run } from "../runs/run.ts";

export interface AnyNode {
  readonly kind: string;
  readonly name?: string | undefined;
}

export interface Way {
  /** Where in the node the way is written: `next`, `cases.0.next`. */
  readonly path: string;
  readonly to: string;
}

/** What a person at a node is listened to for, and the way it leads. */
export type Listening =
  | { readonly event: string; readonly where?: readonly PropertyTest[] | undefined; readonly way: string }
  | { readonly segmentId: string; readonly way: string };

/** What becomes of a person at a node: goes on by a way, rests until a time or until something is heard, or ends. */
export type Outcome =
  | { readonly go: string; readonly note: Note; readonly carries?: JsonObject }
  | { readonly rest: Temporal.Instant; readonly note: Note }
  | { readonly end: ExitReason; readonly note?: Note };

export interface ChosenChannel {
  readonly channel: string;
  readonly why: ChannelReason;
}

/** What nodes may ask while they are worked. Whatever many people ask in one moment is answered by one statement. */
export interface Facts {
  profile(profileId: string): Promise<Profile | undefined>;
  holds(profileId: string, condition: unknown): Promise<boolean>;
  isMember(profileId: string, segmentId: string): Promise<boolean>;
  reaction(run: Run, node: string): Promise<Reaction | null>;
  /** How an experiment stands, by way: of those to whom it was offered in the shares that this run goes by. */
  tallies(run: Run, node: string): Promise<ReadonlyMap<string, Tally>>;
  /** Template by channel, of templates to choose from. */
  channelsOf(templateIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  channel(profileId: string, channels: readonly string[]): Promise<ChosenChannel | null>;
  /** The hour that suits somebody, and at which marketing may go out on one of these channels. */
  hour(
    profileId: string,
    bounds: { readonly from: Temporal.Instant; readonly until: Temporal.Instant; readonly zone: string },
    channels: readonly string[],
  ): Promise<Temporal.Instant>;
  /** The zone a person lives in. */
  zone(profileId: string): Promise<string>;
}

/** What became of a message that a run has sent. */
export interface Reaction {
  readonly status: string;
  readonly opened_at: string | null;
  readonly clicked_at: string | null;
  readonly ordered_at: string | null;
}

/** What leaves the house or changes something beside the run; done once the step is durable, again after a crash. */
export interface Errand {
  readonly kind: string;
  readonly id: string;
  readonly run: Pick<Run, "id" | "profileId" | "node" | "steps">;
  readonly what: JsonObject;
}

export interface Entering {
  readonly journeyId: string;
  readonly profileId: string;
  readonly key: string;
  readonly carries: JsonObject;
  readonly came: CameBy;
  /** When the first step may be taken; at once when not given. */
  readonly startsAt?: string;
}

/** What nodes cause; written in the transaction of their steps. */
export interface Effects {
  readonly messages: NewMessage[];
  readonly events: KilimEvent[];
  readonly errands: Errand[];
  readonly entering: Entering[];
}

export interface Visit<N extends AnyNode> {
  readonly node: N;
  readonly run: Run;
  readonly graph: Graph;
  readonly now: Temporal.Instant;
  /** When this should have happened; earlier than `now` after a pause or a failure. */
  readonly since: string;
  readonly facts: Facts;
  readonly effects: Effects;
  /** A new event of this person, told by the journey. */
  event(given: { name: string; type?: "track" | "identify"; properties?: JsonObject; traits?: JsonObject }): KilimEvent;
}

export interface Checking {
  readonly db: Db;
  readonly graph: Graph;
  readonly deps: JourneysDeps;
}

/**
 * One kind of node: how it is written, where it leads, what happens there. A room registers its own by `kinds` of
 * `JourneysDeps`; a kind is one file.
 */
export interface NodeKind<N extends AnyNode = AnyNode> {
  readonly kind: string;
  readonly schema: z.ZodType<N>;
  ways(node: N): Way[];
  /** Whether time passes here: a loop needs such a node. */
  readonly isRest?: boolean;
  /** What can be said on arrival without asking anything; null and not given: it is worked in a moment. */
  arrive?(node: N, now: Temporal.Instant): Outcome | null;
  work?(visit: Visit<N>): Promise<Outcome>;
  /** The time has come until which somebody rested here. */
  wake?(visit: Visit<N>): Promise<Outcome>;
  /** The templates of which one is said here. */
  templates?(node: N): readonly string[];
  listens?(node: N): readonly Listening[];
  /** Conditions that `facts.holds` will be asked, with where they stand in the node. */
  conditions?(node: N): readonly { readonly path: string; readonly condition: unknown }[];
  /** Why it could not run, beside its shape. Paths are the node's own. */
  check?(node: N, checking: Checking): Promise<FieldError[]> | FieldError[];
}
