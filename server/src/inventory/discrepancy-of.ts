import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/ids.ts";
import type { Cause, NewDiscrepancy } from "./contracts.ts";

export function discrepancyOf(
  clock: Clock,
  at: { readonly variant_id: string; readonly location_id: string },
  kind: NewDiscrepancy["kind"],
  quantity: number,
  cause: Cause,
): NewDiscrepancy {
  return {
    id: newId(clock),
    variant_id: at.variant_id,
    location_id: at.location_id,
    kind,
    quantity,
    source_type: cause.type,
    source_id: cause.id,
  };
}
