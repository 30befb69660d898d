import type { Audience, BroadcastBody, BroadcastView } from "./queries.ts";

/** A broadcast while it is being written; texts where the form has texts. */
export interface Draft {
  readonly name: string;
  /** `segment:<id>` or `list:<id>` */
  readonly audience: string | null;
  readonly templates: readonly (string | null)[];
  readonly when: "now" | "at" | "local";
  readonly at: string;
  readonly perMinute: number | "";
  readonly holdout: number;
  readonly hasWinner: boolean;
  readonly testShare: number;
  readonly measure: "opened" | "clicked" | "converted";
  readonly hours: number;
  readonly isSure: boolean;
}

export const EMPTY: Draft = {
  name: "",
  audience: null,
  templates: [null],
  when: "now",
  at: "",
  perMinute: "",
  holdout: 0,
  hasWinner: false,
  testShare: 20,
  measure: "clicked",
  hours: 4,
  isSure: false,
};

/** Names of variants, in their order. */
export const KEYS = ["A", "B", "C", "D", "E", "F", "G", "H"] as const;

export function audienceOf({ audience }: Pick<Draft, "audience">): Audience | null {
  const [kind, id] = audience?.split(":") ?? [];
  if (!id) return null;
  return kind === "list" ? { list_id: id } : { segment_id: id };
}

/** What the api is told; null while something is missing. */
export function bodyOf(draft: Draft): BroadcastBody | null {
  const audience = audienceOf(draft);
  const templates = draft.templates.filter((id) => id !== null);
  if (audience === null || draft.name.trim() === "" || templates.length !== draft.templates.length) return null;
  if (draft.when !== "now" && draft.at === "") return null;
  return {
    name: draft.name.trim(),
    audience,
    variants: templates.map((template_id, i) => ({ key: KEYS[i] ?? `V${i}`, template_id, share: 1 })),
    holdout: draft.holdout / 100,
    winner:
      draft.hasWinner && templates.length > 1
        ? {
            test_share: draft.testShare / 100,
            measure: draft.measure,
            after: `PT${draft.hours}H`,
            ...(draft.isSure ? { confidence: 0.95 } : {}),
          }
        : null,
    schedule: scheduleOf(draft),
    per_minute: draft.perMinute === "" ? null : draft.perMinute,
  };
}

function scheduleOf({ when, at }: Draft): BroadcastBody["schedule"] {
  if (when === "now") return { kind: "now" };
  return when === "local" ? { kind: "local", at } : { kind: "at", at: new Date(at).toISOString() };
}

export function draftOf(view: BroadcastView): Draft {
  const { audience, variants, winner_rule: rule, schedule } = view;
  return {
    name: view.name,
    audience: "list_id" in audience ? `list:${audience.list_id}` : `segment:${audience.segment_id}`,
    templates: variants.map(({ template_id }) => template_id),
    when: schedule.kind,
    at: schedule.kind === "now" ? "" : schedule.kind === "local" ? schedule.at : localText(schedule.at),
    perMinute: view.per_minute ?? "",
    holdout: Math.round(view.holdout * 100),
    hasWinner: rule !== null,
    testShare: Math.round((rule?.test_share ?? 0.2) * 100),
    measure: rule?.measure ?? "clicked",
    hours: Number(/^PT(\d+)H$/.exec(rule?.after ?? "")?.[1] ?? 4),
    isSure: rule?.confidence !== undefined,
  };
}

/** An instant as the browser's own clock shows it, for an input of date and time. */
function localText(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
