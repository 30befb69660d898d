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
    /** What the network calls the audience, when it is there already. */
    external_id: externalId.nullable().default(null),
    /** Makes it at the network, empty and under this name. */
    create: z.boolean().default(false),
    /** Null: journeys put people in and take them out. */
    segment_id: z.uuid().nullable().default(null),
  })
  .refine(({ account_id, external_id, create }) => account_id === null || create || external_id !== null, {
    path: ["external_id"],
    message: "is needed with an account, or `create`",
  })
  .refine(({ account_id, external_id, create }) => !create || (account_id !== null && external_id === null), {
    path: ["create"],
    message: "makes a new audience: with an account, and without `external_id`",
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

/** What a network made of one thing it was told. */
export const adUploadView = z.object({
  id: z.uuid(),
  kind: z.enum(["added", "removed"]),
  people: z.int(),
  told_at: z.string(),
  /** `processing`: the network works on it. `silent`: it has not said for two days what became of it. */
  state: z.enum(["processing", "done", "partial", "failed", "silent"]),
  /** When the network is asked next; null once it has said. */
  ask_at: z.string().nullable(),
  /** The first is 1; who was not forgotten is told of again. */
  tries: z.int(),
  /** How many of those added the network knows, in per cent; null where it does not say, as of few people. */
  match: z.object({ from: z.int(), to: z.int() }).nullable(),
  /** Whom it did not take, and of whom it has doubts, in its own words. */
  problems: z.array(z.object({ reason: z.string(), people: z.int() })),
});
export type AdUploadView = z.infer<typeof adUploadView>;
export const adUploadPage = pageOf(adUploadView);

export const fileQuery = z.object({ network: z.enum(["meta", "google"]) });
