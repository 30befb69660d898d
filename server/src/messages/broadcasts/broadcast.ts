import type { Audience, BroadcastState, Schedule, Variant, WinnerRule } from "./contracts.ts";

/** A broadcast as its row says it. */
export interface Broadcast {
  readonly id: string;
  readonly name: string;
  readonly audience: Audience;
  readonly variants: readonly Variant[];
  readonly holdout: number;
  readonly winner_rule: WinnerRule | null;
  readonly schedule: Schedule;
  readonly per_minute: number | null;
  readonly state: Exclude<BroadcastState, "paused">;
  readonly paused: boolean;
  readonly step_at: string | null;
  readonly cursor: readonly (string | number)[] | null;
  readonly fed_until: string | null;
  readonly audience_size: number;
  readonly winner: string | null;
  readonly winner_reason: string | null;
  readonly problem: string | null;
  readonly launched_at: string | null;
  readonly started_at: string | null;
  readonly tested_at: string | null;
  readonly ended_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** People of an audience whose turn has not come stand in one of these. */
export const WAVES = { first: 0, rest: 1, heldOut: 2 } as const;

export const isUnderWay = ({ state }: Pick<Broadcast, "state">): boolean =>
  state === "scheduled" || state === "gathering" || state === "sending" || state === "testing";
