import type { Condition, PropertyTest } from "../../../server/src/segments/contracts.ts";

export type JourneyStatus = "draft" | "live" | "paused" | "archived";

export interface EventTest {
  readonly event: string;
  readonly where?: readonly PropertyTest[] | undefined;
}

export type JourneyNode =
  | { readonly kind: "wait"; readonly duration: string; readonly next: string }
  | ({
      readonly kind: "wait_event";
      readonly timeout: string;
      readonly next: string;
      readonly on_timeout: string;
    } & EventTest)
  | {
      readonly kind: "branch";
      readonly cases: readonly {
        readonly condition: Condition;
        readonly next: string;
        readonly name?: string | undefined;
      }[];
      readonly otherwise: string;
    }
  | { readonly kind: "send"; readonly template_id: string; readonly channel: "email"; readonly next: string }
  | { readonly kind: "exit" };

export type NodeKind = JourneyNode["kind"];

export interface JourneyGraph {
  readonly entry: { readonly kind: "segment"; readonly segment_id: string } | ({ readonly kind: "event" } & EventTest);
  readonly goal?: EventTest | undefined;
  readonly exit_when_leaves?: boolean | undefined;
  readonly reentry: { readonly mode: "never" | "after" | "always"; readonly after?: string | undefined };
  readonly start: string;
  readonly nodes: Readonly<Record<string, JourneyNode>>;
}

export interface JourneyRow {
  readonly id: string;
  readonly name: string;
  readonly status: JourneyStatus;
  readonly version: number;
  readonly entered: number;
  readonly active: number;
  readonly converted: number;
}

export interface JourneyView extends JourneyRow {
  readonly graph: JourneyGraph;
  readonly counts: Readonly<Record<string, number>>;
}

export interface RunView {
  readonly id: string;
  readonly profile_id: string;
  readonly profile_name: string | null;
  readonly node: string | null;
  readonly status: string;
  readonly entered_at: string;
  readonly wake_at: string | null;
  readonly exited_at: string | null;
  readonly exit_reason: string | null;
  readonly steps: readonly { readonly node: string; readonly at: string; readonly note: string | null }[];
}
