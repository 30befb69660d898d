import type { Store } from "../contracts.ts";

/** Whether web orders are handed over there. A store that says nothing of its services does; one that names others does not. */
export function offersPickup({ services }: Pick<Store, "services">): boolean {
  return services.length === 0 || services.includes("pickup");
}

/** Whether it has a locker that web orders are put into: one that says so. */
export function offersLocker({ services }: Pick<Store, "services">): boolean {
  return services.includes("locker");
}
