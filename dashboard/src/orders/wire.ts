import type { MoneyAmount } from "../i18n/format.ts";

export interface OrderRow {
  readonly id: string;
  readonly number: string | null;
  readonly channel: string;
  readonly store_id: string | null;
  readonly store_name?: string | null;
  readonly profile_id: string | null;
  readonly profile_name: string | null;
  readonly email: string | null;
  readonly status: string;
  readonly total: MoneyAmount | number;
  readonly currency: string;
  readonly placed_at: string;
  readonly lines: readonly OrderLine[];
}

export interface OrderLine {
  readonly variant_id: string;
  readonly product_id: string;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly quantity: number;
  readonly price: MoneyAmount | number;
}
