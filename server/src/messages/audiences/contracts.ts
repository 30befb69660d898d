import { z } from "zod";

import { pageOf, pageQuery } from "../../platform/pages.ts";

const name = z.string().trim().min(1).max(120);
/** Digits, at every network we fill. */
const externalId = z.string().regex(/^\d{1,30}$/, "the digits the network shows for it");

export const adAudienceBody = z
  .strictObject({
    name,
    /** An account of channel `ads`; null where only files are made. */
    account_id: z.uuid().nullable().default(null),
    /** What the network calls the audience; it is made there first. */
    external_id: externalId.nullable().default(null),
    /** Null: journeys put people in and take them out. */
    segment_id: z.uuid().nullable().default(null),
  })
  .refine(({ account_id, external_id }) => account_id === null || external_id !== null, {
    path: ["external_id"],
    message: "is needed with an account",
  });
export type AdAudienceBody = z.infer<typeof adAudienceBody>;
export const renameBody = z.strictObject({ name });

export const adAudienceView = z.object({
  id: z.uuid(),
  name: z.string(),
  account_id: z.uuid().nullable(),
  account_name: z.string().nullable(),
  /** `meta` or `google`; null where only files are made. */
  network: z.string().nullable(),
  external_id: z.string().nullable(),
  segment_id: z.uuid().nullable(),
  /** Null: filled by journeys, or its segment is gone. */
  segment_name: z.string().nullable(),
  state: z.enum(["filling", "live", "paused", "leaving"]),
  /** Who is in the segment, or was put in by journeys. */
  members: z.int(),
  /** Whom the network has been told of. */
  told: z.int(),
  /** Whom it has yet to be told of, or to forget. */
  waiting: z.int(),
  last_told_at: z.string().nullable(),
  last_error: z.string().nullable(),
  /** When the next try is; null while nothing has failed. */
  retry_at: z.string().nullable(),
  created_at: z.string(),
});
export type AdAudienceView = z.infer<typeof adAudienceView>;
export const adAudiencePage = pageOf(adAudienceView);
export const adAudienceQuery = pageQuery;

export const fileQuery = z.object({ network: z.enum(["meta", "google"]) });
