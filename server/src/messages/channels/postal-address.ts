import { z } from "zod";

import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";

const line = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]+$/u);

export const postal = z.object({
  name: line,
  line1: line,
  line2: line.optional(),
  city: line,
  region: line.optional(),
  postal_code: line.optional(),
  /** ISO 3166, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Postal = z.infer<typeof postal>;

/** A person's postal address from the traits, as Segment or our own orders name its parts; null when it lacks one. */
export function postalAddress(traits: JsonObject): Postal | null {
  const { address } = traits;
  if (!isJsonObject(address)) return null;
  const first = (...values: (Json | undefined)[]) => values.find((one) => typeof one === "string" && one.trim() !== "");
  const name = [traits.first_name ?? traits.firstName, traits.last_name ?? traits.lastName]
    .filter((part) => typeof part === "string")
    .join(" ");
  const country = first(address.country, traits.country);
  const read = postal.safeParse({
    name: first(address.name, traits.name, name),
    line1: first(address.line1, address.street),
    line2: first(address.line2),
    city: first(address.city, traits.city),
    region: first(address.region, address.state),
    postal_code: first(address.postal_code, address.postalCode),
    country: typeof country === "string" ? country.toUpperCase() : undefined,
  });
  return read.success ? read.data : null;
}

/** As it stands on an envelope; the country in capitals, last. */
export function addressLines(to: Postal): string[] {
  const town = [to.postal_code, to.city, to.region].filter(Boolean).join(" ");
  return [to.name, to.line1, ...(to.line2 ? [to.line2] : []), town, to.country];
}
