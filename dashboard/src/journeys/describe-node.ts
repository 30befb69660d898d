import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { daysOf } from "./day-offset.ts";
import { isDrawable } from "./graph-shape.ts";
import { useNames } from "./use-names.ts";
import { useWeekdays } from "./weekdays.ts";
import type { JourneyNode, NodeOf } from "./wire.ts";

/** A node in words: "Wait 1 hour", "Send “Your cart”". Its own name comes first when it has one. */
export function useDescribeNode(): (node: JourneyNode) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const names = useNames();
  const weekdays = useWeekdays();
  const waitDate = (node: NodeOf<"wait_date">) => {
    const date = humanise("trait" in node.of ? node.of.trait : node.of.event);
    const days = daysOf(node.offset);
    if (days === 0) return t("node.waitDate", { date });
    return t(days < 0 ? "node.waitDateBefore" : "node.waitDateAfter", { date, count: Math.abs(days) });
  };
  const say = (node: JourneyNode): string => {
    switch (node.kind) {
      case "wait":
        return t("node.wait", { duration: format.duration(node.duration) });
      case "wait_until": {
        const days = weekdays.filter(({ value }) => node.weekdays?.includes(Number(value)));
        if (days.length === 0 || days.length === 7) return t("node.waitUntil", { at: node.at });
        return t("node.waitUntilDays", { at: node.at, days: days.map((day) => day.label).join(", ") });
      }
      case "wait_date":
        return waitDate(node);
      case "wait_event": {
        const duration = format.duration(node.timeout);
        return node.segment_id === undefined
          ? t("node.waitEvent", { event: node.event ? label("event", node.event) : "…", duration })
          : t("node.waitSegment", { segment: names.segment(node.segment_id), duration });
      }
      case "best_hour":
        return t("node.bestHour", { duration: format.duration(node.within ?? "PT24H") });
      case "branch":
        return t("node.branch", { count: node.cases.length + 1 });
      case "split":
        return t("node.split", { shares: node.ways.map(({ share }) => share).join(" : ") });
      case "experiment":
        return t("node.experiment", { names: node.variants.map(({ name }) => name).join(" / ") });
      case "send":
        return node.best_of
          ? t("node.sendBest", { count: node.best_of.length })
          : t("node.send", {
              name: node.template_id
                ? (names.template(node.template_id) ?? t("node.archivedTemplate"))
                : t("node.noTemplate"),
            });
      case "webhook":
        return t("node.webhook", { host: URL.canParse(node.url) ? new URL(node.url).host : t("node.noUrl") });
      case "update_trait":
        return t("node.updateTrait", { traits: Object.keys(node.traits).join(", ") });
      case "list":
        return t(node.do === "add" ? "node.listAdd" : "node.listRemove", { list: names.list(node.list_id) });
      case "ad_audience":
        return t(node.do === "add" ? "node.audienceAdd" : "node.audienceRemove", {
          audience: names.audience(node.audience_id),
        });
      case "enter_journey":
        return t("node.enterJourney", { journey: names.journey(node.journey_id) });
      case "exit":
        return t("node.exit");
      default:
        return humanise((node as { kind: string }).kind);
    }
  };
  return (node) => (isDrawable(node) ? node.name || say(node) : t("node.malformed"));
}
