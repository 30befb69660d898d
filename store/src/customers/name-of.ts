import type { Customer } from "./queries.ts";

/** The name she gave, else her address, else null. */
export function nameOf(customer: Customer): string | null {
  const { first_name, last_name, name } = customer.traits;
  const full = [first_name, last_name].filter((part) => typeof part === "string" && part !== "").join(" ");
  if (full) return full;
  return typeof name === "string" && name ? name : emailOf(customer);
}

export function emailOf(customer: Customer): string | null {
  return customer.identifiers.find((identifier) => identifier.type === "email")?.value ?? null;
}
