import { z } from "zod";

import { shippingRule } from "./shipping-cost.ts";

const minutes = (least: number, most: number, given: number) => z.int().min(least).max(most).default(given);

/** How orders are routed, promised, kept and taken back. Whatever is not set is as here. */
export const policy = z.object({
  /** Which places come first: those that serve the most lines alone, the nearest, or by their own priority. */
  route_by: z
    .array(z.enum(["fewest_parcels", "nearest", "priority"]))
    .max(3)
    .default(["fewest_parcels", "priority"]),
  /** What a delivery costs, by where it goes; the first rule that fits. */
  shipping: z.array(shippingRule).max(200).default([]),
  /** Places that deliver nothing. */
  closed_locations: z.array(z.uuid()).max(500).default([]),
  /** How long a store has to accept before another one is asked. */
  accept_minutes: minutes(1, 10_080, 30),
  /** How long preparing takes while the store is open. */
  prepare_minutes: minutes(0, 10_080, 120),
  /** After it is ready. */
  reminder_hours: minutes(1, 720, 24),
  expiry_hours: minutes(1, 1440, 72),
  /** How far another store may be that takes over a pick-up; 0: none does. */
  pickup_moves_km: z.number().min(0).max(500).default(0),
  /** Days after it was handed over or delivered, to the end of the last one. */
  return_days: z.int().min(0).max(3650).default(30),
  /** Days after a return was announced in which its parcel is in time, to the end of the last one. */
  arrival_days: z.int().min(0).max(3650).default(30),
  /** Where days end for what was delivered or announced. What was handed over in a store goes by the store's own zone. */
  zone: z
    .string()
    .max(60)
    .refine((name) => isZone(name), "is no time zone such as Europe/Istanbul")
    .default("UTC"),
});
export type Policy = z.infer<typeof policy>;

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
