import { useTranslation } from "react-i18next";

import type { Would } from "../../../server/src/journeys/contracts.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { useNames } from "./use-names.ts";

/** What a rehearsal has left undone, in words. */
export function useDescribeWould(): (would: Would) => string {
  const { t } = useTranslation();
  const label = useLabel();
  const names = useNames();
  return (would) => {
    switch (would.code) {
      case "tell_traits":
        return t("would.tell_traits", {
          traits: Object.entries(would.traits)
            .map(([trait, value]) => `${humanise(trait)} = ${String(value)}`)
            .join(", "),
        });
      case "tell_event":
        return t("would.tell_event", { event: label("event", would.event) });
      case "call":
        return t("would.call", { url: would.url });
      case "change_list":
        return t(`would.list_${would.do}`, { list: names.list(would.list_id) });
      case "change_audience":
        return t(`would.audience_${would.do}`, { audience: names.audience(would.audience_id) });
      case "enter_journey":
        return t("would.enter_journey", { journey: names.journey(would.journey_id) });
      default:
        return t("would.other", { kind: humanise(would.kind) });
    }
  };
}
