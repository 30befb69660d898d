import type { Bus } from "../../platform/bus.ts";

/** Tells the open screens that a list has changed, and has its events worked in. After the commit only. */
export function announceList(bus: Bus, listId: string, profileId: string): void {
  bus.changed("list", listId, ["items"]);
  bus.changed("profile", profileId, ["lists"]);
  bus.wake("inbox");
}
