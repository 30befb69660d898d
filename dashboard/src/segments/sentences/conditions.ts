import type * as wire from "../../../../server/src/segments/contracts.ts";

/** Definitions as the builder knows them: the segments' own kinds, and those that other rooms have registered. */
export const PERIODS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
] as const;
/** In the retailer's calendar; `until` is the first moment that is not meant any more. */
export type Period = wire.During;

export const REACTIONS = ["sent", "delivered", "opened", "clicked", "replied", "bounced", "unsubscribed"] as const;
export const JOURNEY_STATES = ["active", "completed", "ever"] as const;

/** What is computed of money is kept in minor units; people think in major ones. */
export const IN_MINOR_UNITS: readonly string[] = ["revenue", "cart.value", "lists.value", "average_order"];

export type EventFilter = wire.EventFilter;
export type PropertyTest = wire.PropertyTest;
export type NumberTest = wire.NumberTest;
/** When the first or last time was, with whatever value it has at the moment. */
export interface EdgeTest {
  readonly op: wire.EdgeTest["op"];
  readonly value: string | Period;
}

/** When something happened; without either: ever. */
export interface When {
  readonly within?: string | undefined;
  readonly during?: Period | undefined;
  /** Whose calendar it is; the retailer's when left out. */
  readonly zone?: string | undefined;
}
export type DidCondition = Omit<wire.DidCondition, "first" | "last"> &
  When & { readonly first?: EdgeTest | undefined; readonly last?: EdgeTest | undefined };
export type NotFollowedCondition = wire.NotFollowedCondition;
export type Step = wire.SequenceStep;
export type SequenceCondition = wire.SequenceCondition;

/** An operator with whatever value it has at the moment: the forms write it, the api checks it. */
export interface Test {
  readonly op: string;
  readonly value?: wire.Scalar | readonly wire.Scalar[] | Period | undefined;
}
export type TraitCondition = Test & { readonly trait: string };
export type ComputedCondition = Test & { readonly computed: string };

export interface NearCondition {
  readonly near:
    | { readonly lat: number; readonly lon: number; readonly km: number }
    | { readonly store: string; readonly km: number };
}
export interface ConsentCondition {
  readonly consent: string;
  readonly purpose?: string | undefined;
  readonly state: "granted" | "denied" | "unknown";
}
export interface MessageCondition {
  readonly message: (typeof REACTIONS)[number];
  readonly template?: string | undefined;
  readonly channel?: string | undefined;
  readonly count?: NumberTest | undefined;
  readonly within?: string | undefined;
}
export interface InJourneyCondition {
  readonly in_journey: string;
  readonly state: (typeof JOURNEY_STATES)[number];
}
/** `node` and `arm` are empty until one is chosen; without `arm` it is whichever. */
export interface InExperimentCondition {
  readonly in_experiment:
    | { readonly journey: string; readonly node: string; readonly arm?: string | undefined }
    | { readonly broadcast: string; readonly arm?: string | undefined };
}
export type RandomCondition = wire.RandomCondition;
export interface RfmScores {
  readonly recency?: readonly number[] | undefined;
  readonly frequency?: readonly number[] | undefined;
  readonly monetary?: readonly number[] | undefined;
}
export interface RfmCondition {
  readonly rfm: string | RfmScores;
}

interface Kinds {
  did: DidCondition;
  trait: TraitCondition;
  computed: ComputedCondition;
  not_followed_by: NotFollowedCondition;
  sequence: SequenceCondition;
  near: NearCondition;
  consent: ConsentCondition;
  in_segment: wire.InSegmentCondition;
  in_list: wire.InListCondition;
  message: MessageCondition;
  in_journey: InJourneyCondition;
  in_experiment: InExperimentCondition;
  random: RandomCondition;
  rfm: RfmCondition;
}
export type Kind = keyof Kinds;
/** A kind that no sentence is known for: it is kept as it came and shown as JSON. */
export interface OtherCondition {
  readonly [key: string]: unknown;
}
export type KnownLeaf = Kinds[Kind];
export type Leaf = KnownLeaf | OtherCondition;

/** Told apart by one key; `not_followed_by` first, as such a leaf has a `did` too. */
export const KINDS = [
  "not_followed_by",
  "did",
  "trait",
  "computed",
  "sequence",
  "near",
  "consent",
  "in_segment",
  "in_list",
  "message",
  "in_journey",
  "in_experiment",
  "random",
  "rfm",
] as const satisfies readonly Kind[];

export type Told = { [K in Kind]: { readonly kind: K; readonly leaf: Kinds[K] } }[Kind];

/** A leaf with its kind, so that a `switch` knows what is in it; null for a stranger. */
export function tell(leaf: Leaf): Told | null {
  const kind = KINDS.find((one) => one in leaf);
  if (kind === undefined || "more_often_than" in leaf) return null;
  // What stands in a leaf was checked when it was read (`read-condition.ts`).
  return { kind, leaf } as unknown as Told;
}
