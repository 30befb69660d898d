import { z } from "zod";

/** How much may come in, and at what rate; each node counts for itself. */
export interface IntakeSettings {
  readonly eventBytes: number;
  /** Of one request, inflated. */
  readonly bodyBytes: number;
  readonly batchEvents: number;
  /** Events per second and key, in the long run; null for no limit. */
  readonly eventsPerSecond: number | null;
  /** Events a key may send at once after a rest. */
  readonly burst: number;
  /** Events waiting to be worked in; beyond it the answer is 429 rather than memory. */
  readonly inboxEvents: number;
  /** Bytes of accepted events a node holds while their commit is under way. */
  readonly waitingBytes: number;
}

const KB = 1024;

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);

/** Real clients send up to 900 kB against their own documents' 500 kB; refusing those would lose them. */
export const intakeVariables = {
  KILIM_EVENT_KB: wholeNumber(1, 1024).default(32),
  KILIM_BATCH_KB: wholeNumber(16, 65_536).default(4096),
  KILIM_BATCH_EVENTS: wholeNumber(1, 10_000).default(2500),
  KILIM_KEY_RATE: wholeNumber(0, 1_000_000).default(50_000),
  KILIM_KEY_BURST: wholeNumber(1, 10_000_000).default(200_000),
  KILIM_INBOX_EVENTS: wholeNumber(1, 100_000_000).default(500_000),
  KILIM_WAITING_MB: wholeNumber(1, 4096).default(64),
} as const;

const variables = z.object(intakeVariables);

export function readIntake(values: z.output<typeof variables>): IntakeSettings {
  return {
    eventBytes: values.KILIM_EVENT_KB * KB,
    bodyBytes: values.KILIM_BATCH_KB * KB,
    batchEvents: values.KILIM_BATCH_EVENTS,
    eventsPerSecond: values.KILIM_KEY_RATE || null,
    burst: values.KILIM_KEY_BURST,
    inboxEvents: values.KILIM_INBOX_EVENTS,
    waitingBytes: values.KILIM_WAITING_MB * KB * KB,
  };
}

/** What holds when nothing is set. */
export const defaultIntake: IntakeSettings = readIntake(variables.parse({}));
