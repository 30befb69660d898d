import { z } from "zod";

import { isZone } from "../../platform/time-zone.ts";
import { leafSchemas, type PropertyTest } from "../../segments/contracts.ts";

const MAX_DURATION_S = 366 * 86_400;

/** Weeks, days and smaller: how long a month is depends on where one stands, and waits are counted in hours. */
export const duration = z.string().refine((text) => {
  if (!/^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/.test(text)) return false;
  const seconds = secondsOf(text);
  return seconds > 0 && seconds <= MAX_DURATION_S;
}, "a duration of weeks, days, hours, minutes or seconds, such as PT1H or P3D, at most a year");

/** A day is 24 hours here. */
export function secondsOf(text: string): number {
  const { weeks, days, hours, minutes, seconds } = Temporal.Duration.from(text);
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** A goal reached so long after the last step still counts for the journey. */
const GOAL_WITHIN = "P5D";

/** Seconds after the last step, or for those only watched after coming in, within which the goal counts. */
export function goalSeconds(goal: { readonly within?: string | undefined } | null | undefined): number {
  return secondsOf(goal?.within ?? GOAL_WITHIN);
}

/** Whole days before (`-P3D`) or after (`P1D`) a date. */
export const dayOffset = z.string().regex(/^-?P\d{1,3}D$/, "whole days, such as -P3D or P1D");
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, such as 09:00");
/** `person`: the zone on the profile, else the retailer's. */
export const zone = z
  .string()
  .max(80)
  .refine((text) => text === "person" || isZone(text), 'an IANA zone such as Europe/Istanbul, or "person"')
  .default("person");
export const feb29 = z.enum(["feb28", "mar1"]).default("feb28").describe("Where 29 February falls in other years");

export const nodeId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, "letters, digits, - and _, at most 60");
export const eventName = z.string().min(1).max(200);
export const where = z
  .array(z.custom<PropertyTest>())
  .max(20)
  .superRefine((tests, context) => {
    tests.forEach((test, index) => {
      const read = leafSchemas.did.safeParse({ did: "event", where: [test] });
      for (const issue of read.success ? [] : read.error.issues) {
        context.addIssue({ code: "custom", path: [index, ...issue.path.slice(2)], message: issue.message });
      }
    });
  });
export const eventTest = { event: eventName, where: where.optional() };

/** What may have become of a message, and how a value may be compared: by what branches decide. */
export const reaction = z.enum(["sent", "not_sent", "opened", "clicked", "ordered"]);
export const comparison = z.enum(["is", "is_not", "gte", "lte", "exists", "not_exists"]);

/** What every node may carry: a name, and a note for whoever works on the journey. */
export const every = { name: z.string().max(120).optional(), note: z.string().max(1_000).optional() };
/** Of a wait: worked later than this after its time (the house was down, the journey paused), it leads another way. */
export const lateness = { late_after: duration.optional(), on_late: nodeId.optional() };
