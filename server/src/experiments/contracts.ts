import { z } from "zod";

const arm = z.strictObject({
  id: z.string().min(1).max(80),
  /** The share of people it should have had. */
  weight: z.number().min(0).max(1_000_000).default(1),
  people: z.int().min(0).max(1e12),
  /** Of these people, those whom chance sent here, when not all: the split is judged by them alone. */
  drawn: z.int().min(0).max(1e12).optional(),
  /** Of these people, those who reached the goal within the window; each counts once. */
  conversions: z.int().min(0).max(1e12),
  /** Revenue of all of them in minor units, and the sum of its squares per person, when money is a goal too. */
  revenue: z.strictObject({ sum: z.number().min(0), squares: z.number().min(0) }).optional(),
});

export const WINNER_RULES = ["sequential", "bayes", "none"] as const;

export const evaluateBody = z
  .strictObject({
    arms: z.array(arm).min(2).max(20),
    /** What the others are compared with; the first unless told. */
    control: z.string().max(80).optional(),
    confidence: z.number().min(0.8).max(0.999).default(0.95),
    /** `sequential`: may be looked at all the time. `bayes`: by the loss one would risk. `none`: people decide. */
    winner: z.enum(WINNER_RULES).default("sequential"),
    /** Nothing is claimed with fewer in any arm. */
    least_people: z.int().min(10).max(1e9).default(100),
    least_conversions: z.int().min(1).max(1e9).default(25),
  })
  .refine(({ arms }) => new Set(arms.map(({ id }) => id)).size === arms.length, "each arm once")
  .refine(({ arms, control }) => control === undefined || arms.some(({ id }) => id === control), "no such control")
  .refine(({ arms }) => arms.every(({ people, conversions }) => conversions <= people), "more goals than people")
  .refine(
    ({ arms }) => arms.every(({ drawn, people }) => drawn === undefined || drawn <= people),
    "more drawn than people",
  );
export type EvaluateBody = z.infer<typeof evaluateBody>;

const interval = z.object({ low: z.number(), high: z.number() });
const comparison = z.object({
  arm: z.string(),
  /** Of the rate, against the control. */
  difference: z.number(),
  relative: z.number().nullable(),
  /** Valid for one look at a number that was fixed before. */
  fixed: interval.extend({ z: z.number(), p: z.number() }),
  /** Valid however often one looks. */
  sequential: interval.extend({ p: z.number() }),
  bayes: interval.extend({ better: z.number() }),
  revenue: interval.extend({ difference: z.number(), p: z.number() }).nullable(),
});

export const VERDICTS = ["too_little", "sample_ratio", "open", "winner"] as const;

export const evaluation = z.object({
  verdict: z.enum(VERDICTS),
  winner: z.string().nullable(),
  control: z.string(),
  arms: z.array(
    z.object({
      id: z.string(),
      people: z.int(),
      conversions: z.int(),
      rate: z.number(),
      interval,
      best: z.number(),
      /** What choosing it risks, as a rate. */
      loss: z.number(),
    }),
  ),
  comparisons: z.array(comparison),
  sample_ratio: z.object({ chi2: z.number(), p: z.number() }),
});
export type Evaluation = z.infer<typeof evaluation>;

export const plan = z.strictObject({
  rate: z.number().gt(0).lt(1),
  /** The smallest relative change worth finding, 0.1 for a tenth. */
  relative: z.number().gt(0).max(100),
  power: z.number().min(0.5).max(0.999).default(0.8),
  confidence: z.number().min(0.8).max(0.999).default(0.95),
});
export const planView = z.object({ people_per_arm: z.int() });

export const holdoutBody = z.strictObject({
  /** The share of people who get no marketing at all, so that its worth can be seen. */
  share: z.number().min(0).max(0.5),
});
export const holdoutView = holdoutBody.extend({ since: z.string().nullable(), changed_by: z.string().nullable() });
