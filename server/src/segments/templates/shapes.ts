import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";

const templateView = z.object({
  key: z.string().describe("Stays the same over releases and languages"),
  group: z.enum(["value", "lifecycle", "channels", "intent", "taste"]),
  name: z.string().describe("In English; screens have their own words by `key`"),
  description: z.string(),
  definition: z.unknown().describe("A condition, as `POST /v1/segments` takes it"),
  values: z.record(z.string(), z.union([z.string(), z.number()])).describe("The retailer's own, as in the texts"),
});
export type TemplateView = z.infer<typeof templateView>;

export const templatePage = pageOf(templateView);
