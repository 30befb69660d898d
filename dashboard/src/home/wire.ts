import type { MoneyAmount } from "../i18n/format.ts";

export interface Overview {
  readonly events: number;
  readonly profiles: number;
  readonly orders: number;
  readonly revenue: MoneyAmount;
  readonly by_channel: readonly {
    readonly channel: string;
    readonly events: number;
    readonly orders: number;
    readonly revenue: number;
    readonly people: number;
  }[];
  /** Money in minor units of `revenue.currency`. */
  readonly by_month: readonly {
    readonly month: string;
    readonly orders: number;
    readonly revenue: number;
    readonly people: number;
  }[];
  readonly recent: readonly RecentEvent[];
}

export interface RecentEvent {
  readonly message_id: string;
  readonly event: string;
  readonly timestamp: string;
  readonly channel: string;
  readonly profile_id: string | null;
  readonly profile_name: string | null;
}
