import type { Bus } from "../../platform/bus.ts";

/**
 * Tells the open screens that a list has changed, those of the stores that are about to bring it among them, and has its
 * events worked in. After the commit only.
 */
export function announceList(bus: Bus, listId: string, profileId: string, stores: readonly string[] = []): void {
  bus.changed("list", listId, ["items"]);
  for (const id of stores) bus.changed("store", id, ["errands"]);
  bus.changed("profile", profileId, ["lists"]);
  bus.wake("inbox");
}
