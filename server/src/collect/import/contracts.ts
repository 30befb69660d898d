import { z } from "zod";

/** Longer than events of live clients: an order of a wholesaler has hundreds of lines. */
export const IMPORT_LIMITS = {
  items: 500,
  bodyBytes: 4 * 1024 * 1024,
  eventBytes: 512 * 1024,
  keyLength: 150,
} as const;

export const importBody = z.strictObject({
  /** What the rows are, such as `orders`; with the key it says whether something has been imported before. */
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and -"),
  items: z
    .array(
      z.strictObject({
        /** The business key: an order's number, a customer's number. */
        key: z.string().min(1).max(IMPORT_LIMITS.keyLength),
        /** An event as the Segment API takes it; its `messageId` is made from kind and key. */
        event: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(IMPORT_LIMITS.items),
});
export type ImportBody = z.infer<typeof importBody>;

export const importAnswer = z.object({
  accepted: z.int(),
  /** Imported before, word for word. */
  repeated: z.int(),
  /** Keys imported before with other content; what was taken in first stays. */
  changed: z.array(z.string()),
  rejected: z.array(z.object({ key: z.string(), code: z.string(), message: z.string() })),
});
export type ImportAnswer = z.infer<typeof importAnswer>;
