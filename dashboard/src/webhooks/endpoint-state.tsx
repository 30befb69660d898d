import { useTranslation } from "react-i18next";

import { Status } from "../parts/status.tsx";
import type { EndpointView } from "./queries.ts";

/** Whether it is told anything, and whether it listens. */
export function EndpointState({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  if (endpoint.state === "disabled") {
    const isByHand = endpoint.disabled_reason === "manual";
    return <Status value={isByHand ? "paused" : "failed"}>{t("webhooks.disabled")}</Status>;
  }
  if (endpoint.failing_since !== null) return <Status value="paused">{t("webhooks.failing")}</Status>;
  return <Status value="live">{t("webhooks.enabled")}</Status>;
}
