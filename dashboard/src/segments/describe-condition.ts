import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Condition, DidCondition, EventFilter } from "../../../server/src/segments/contracts.ts";
import { formatDuration } from "../i18n/format.ts";
import { humanise } from "../i18n/label.ts";
import { measureOf } from "./leaf-kinds.ts";

/** As much of i18next as a sentence needs. */
export type Speak = (key: string, values?: Record<string, unknown>) => string;

/** The keys of sentences are put together from words of the wire, so they are checked by a test instead of by type. */
export function speakWith(t: TFunction): Speak {
  return (key, values) => String(t(key as never, values as never));
}

/** A definition in the reader's words, for lists, edges of a canvas and screen readers. */
export function describeCondition(condition: Condition, t: Speak, language: string): string {
  const describe = (inner: Condition) => describeCondition(inner, t, language);
  const duration = (iso: string) => formatDuration(iso, language);
  const join = (parts: readonly Condition[], word: "and" | "or") =>
    parts
      .map((part) => ("all" in part || "any" in part ? `(${describe(part)})` : describe(part)))
      .join(` ${t(`sentence.${word}`)} `);

  if ("all" in condition) return join(condition.all, "and");
  if ("any" in condition) return join(condition.any, "or");
  if ("not" in condition) return t("sentence.not", { what: describe(condition.not) });
  if ("trait" in condition || "computed" in condition) {
    const subject = humanise("trait" in condition ? condition.trait : condition.computed.replaceAll(".", " "));
    return `${subject} ${describeTest(condition, t, language)}`;
  }
  if ("not_followed_by" in condition) {
    return t("sentence.notFollowed", {
      event: describeFilter(condition, t, language),
      other: condition.not_followed_by.join(` ${t("sentence.or")} `),
      duration: duration(condition.for),
    });
  }
  if ("did" in condition) return describeDid(condition, t, language);
  if ("sequence" in condition) {
    return t("sentence.sequence", {
      events: condition.sequence.map((step) => describeFilter(step, t, language)).join(" → "),
      duration: duration(condition.within),
    });
  }
  if ("near" in condition) return t("sentence.near", { ...condition.near });
  if ("consent" in condition)
    return t("sentence.consent", { channel: condition.consent, state: t(`sentence.state.${condition.state}`) });
  if ("in_segment" in condition) return t("sentence.inSegment");
  return t("sentence.inList");
}

function describeDid(leaf: DidCondition, t: Speak, language: string): string {
  const event = describeFilter(leaf, t, language);
  const within = leaf.within ? ` ${t("sentence.within", { duration: formatDuration(leaf.within, language) })}` : "";
  const edge = leaf.last ?? leaf.first;
  switch (measureOf(leaf)) {
    case "once":
      return t("sentence.did", { event }) + within;
    case "never":
      return t("sentence.didNot", { event }) + within;
    case "count":
      return (
        t("sentence.didTimes", { event, op: t(`op.count.${leaf.count?.op ?? "gte"}`), count: leaf.count?.value ?? 0 }) +
        within
      );
    case "sum":
      return (
        t("sentence.didSum", {
          event,
          property: leaf.sum?.property ?? "",
          op: t(`op.count.${leaf.sum?.op ?? "gte"}`),
          value: leaf.sum?.value ?? 0,
        }) + within
      );
    case "last":
    case "first":
      return t(leaf.last ? "sentence.last" : "sentence.first", {
        event,
        test: edge ? describeTest({ op: edge.op, value: edge.value }, t, language) : "",
      });
  }
}

function describeFilter(filter: EventFilter, t: Speak, language: string): string {
  const where = (filter.where ?? []).map((test) => `${humanise(test.property)} ${describeTest(test, t, language)}`);
  const channels = filter.channel === undefined ? [] : [filter.channel].flat();
  const extra = [...where, ...(channels.length > 0 ? [t("sentence.onChannel", { channel: channels.join(", ") })] : [])];
  return `“${filter.did}”${extra.length > 0 ? ` (${extra.join(", ")})` : ""}`;
}

function describeTest(test: { readonly op: string; readonly value?: unknown }, t: Speak, language: string): string {
  const words = t(`op.${test.op}`);
  if (test.value === undefined) return words;
  const value = Array.isArray(test.value) ? test.value.join(", ") : String(test.value);
  return `${words} ${/^P/.test(value) ? formatDuration(value, language) : value}`;
}

export function useDescribeCondition(): (condition: Condition) => string {
  const { t, i18n } = useTranslation();
  return (condition) => describeCondition(condition, speakWith(t), i18n.language);
}
