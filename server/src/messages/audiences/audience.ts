/** An ad audience as its row stands. */
export interface AdAudience {
  readonly id: string;
  readonly name: string;
  /** Null: a file is made of it, and no network is told. */
  readonly account_id: string | null;
  /** What the network calls it. */
  readonly external_id: string | null;
  /** Null: journeys alone put people in and take them out. */
  readonly segment_id: string | null;
  /** `filling`: its segment is being read through. `leaving`: everybody is being taken out, then it goes. */
  readonly state: "filling" | "live" | "paused" | "leaving";
  readonly filled_to: string | null;
  readonly pass_at: string | null;
  readonly next_at: string;
  readonly tries: number;
  readonly claim: number;
  readonly last_told_at: string | null;
  readonly last_error: string | null;
  readonly created_at: string;
}
