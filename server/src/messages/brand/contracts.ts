import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";
import { brandKit } from "./kit.ts";

const version = z.int().min(0);

export const brandView = z.object({
  /** 0 until somebody has saved a kit. */
  version,
  kit: brandKit,
  logo_url: z.string().nullable(),
});
export type BrandView = z.infer<typeof brandView>;

export const brandBody = z.strictObject({
  /** The version this kit was made from; 409 when there is a newer one. */
  version,
  kit: brandKit,
});

export const brandVersionPage = pageOf(
  z.object({ version, kit: brandKit, author: z.string(), created_at: z.string() }),
);
export type BrandVersion = z.infer<typeof brandVersionPage>["items"][number];

/** In a published template or in a shared block. */
export const departure = z.object({
  template_id: z.uuid().nullable(),
  block_id: z.uuid().nullable(),
  name: z.string(),
  /** Null of a shared block: it may stand on several. */
  channel: z.string().nullable(),
  language: z.string(),
  kind: z.enum(["color", "font"]),
  value: z.string(),
  times: z.int(),
  /** What of the kit comes nearest: the name of a colour or font. */
  nearest: z.string(),
});
export type Departure = z.infer<typeof departure>;
export const departurePage = pageOf(departure);
