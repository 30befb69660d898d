import { z } from "zod";

/** Words that all contracts of the room use. */
export const PURPOSES = ["marketing", "transactional"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language tag such as en, tr or id-ID");
