import type { Computed, Consent, Json } from "../../../server/src/profiles/contracts.ts";
import type { MoneyAmount } from "../i18n/format.ts";

export type { Json };

export interface PersonRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly city: string | null;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly orders: number;
  readonly revenue: MoneyAmount | null;
  readonly channels: readonly string[];
}

export interface ProfileView {
  readonly id: string;
  readonly identifiers: readonly Identifier[];
  readonly traits: Readonly<Record<string, Json>>;
  readonly computed: Computed;
  readonly consent: Consent;
  readonly segments: readonly { readonly id: string; readonly name: string; readonly entered_at: string }[];
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly merged_from: readonly string[];
}

export interface Identifier {
  readonly type: string;
  readonly value: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly verified: boolean;
  /** Where it was told; empty when one of our own rooms made it. */
  readonly channel: string;
  readonly bridging: "shared" | "overused" | null;
}

export interface TimelineEvent {
  readonly message_id: string;
  readonly type: string;
  readonly event: string;
  readonly timestamp: string;
  readonly received_at: string;
  readonly channel: string;
  readonly touchpoint: string | null;
  readonly properties: Readonly<Record<string, Json>>;
}
