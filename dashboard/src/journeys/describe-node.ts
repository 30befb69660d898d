import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { templatesQuery } from "../messages/queries.ts";
import type { JourneyNode } from "./wire.ts";

/** A node in words: "Wait 1 hour", "Send “Your cart”". */
export function useDescribeNode(): (node: JourneyNode) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const templates = useQuery(templatesQuery);
  return (node) => {
    switch (node.kind) {
      case "wait":
        return t("node.wait", { duration: format.duration(node.duration) });
      case "wait_event":
        return t("node.waitEvent", { event: label("event", node.event), duration: format.duration(node.timeout) });
      case "branch":
        return t("node.branch", { count: node.cases.length + 1 });
      case "send": {
        const template = templates.data?.items.find((item) => item.id === node.template_id);
        return t("node.send", { name: template?.name ?? t("node.noTemplate") });
      }
      case "exit":
        return t("node.exit");
    }
  };
}
