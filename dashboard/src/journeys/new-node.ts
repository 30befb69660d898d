import { waysOut } from "./graph-ways.ts";
import type { JourneyNode, NodeKind } from "./wire.ts";

/** A node as it is put on a way: what came after comes after it now; its other ways lead to `exit`. */
export function newNode(kind: NodeKind, next: string, exit: string): JourneyNode {
  switch (kind) {
    case "wait":
      return { kind, duration: "P1D", next };
    case "wait_until":
      return { kind, at: "09:00", next };
    case "wait_date":
      return { kind, of: { trait: "birthday" }, offset: "P0D", at: "09:00", next, otherwise: exit };
    case "wait_event":
      return { kind, event: "Order Completed", timeout: "P1D", next: exit, on_timeout: next };
    case "best_hour":
      return { kind, within: "PT24H", next };
    case "branch":
      return { kind, cases: [{ condition: { computed: "orders", op: "gte", value: 1 }, next }], otherwise: exit };
    case "split":
      return {
        kind,
        ways: [
          { share: 50, next },
          { share: 50, next: exit },
        ],
      };
    case "experiment":
      return {
        kind,
        variants: [
          { name: "A", share: 50, next },
          { name: "B", share: 50, next: exit },
        ],
      };
    case "send":
      return { kind, template_id: "", next };
    case "webhook":
      return { kind, url: "", next, on_failure: exit };
    case "update_trait":
      return { kind, traits: { "": "" }, next };
    case "list":
      return { kind, list_id: "", do: "add", next };
    case "ad_audience":
      return { kind, audience_id: "", do: "add", next };
    case "enter_journey":
      return { kind, journey_id: "", next };
    case "exit":
      return { kind };
  }
}

/** Where most people go on from a node: past a wait for an event by its timeout, past a branch by its first case. */
export function mainWay(node: JourneyNode): string {
  const ways = waysOut("", node);
  const main = node.kind === "wait_event" ? ways.find(({ slot }) => slot === "on_timeout") : ways[0];
  return main?.to ?? "";
}
