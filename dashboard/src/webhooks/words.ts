import { useTranslation } from "react-i18next";

import type { WebhookType } from "../../../server/src/webhooks/contracts.ts";
import type { DeliveryView, EndpointView } from "./queries.ts";

type Try = DeliveryView["tries"][number];

const ALL: Readonly<Record<WebhookType, true>> = { "segment.entered": true, "segment.exited": true };
/** What can be told, in the order in which it is offered. */
export const TYPES = Object.keys(ALL) as WebhookType[];

/** What it is called: by its description, else by where it leads. */
export function nameOf({ description, url }: Pick<EndpointView, "description" | "url">): string {
  return description === "" ? new URL(url).host : description;
}

/** Words for what the api says in codes. */
export function useWebhookWords() {
  const { t } = useTranslation();
  return {
    type(type: string): string {
      if (type === "ping") return t("webhooks.type.ping");
      return type === "segment.entered" || type === "segment.exited" ? t(`webhooks.type.${type}`) : type;
    },
    /** "200", "no answer in time". */
    outcome({ status, problem }: Try): string {
      return problem === null ? String(status) : t(`webhooks.problem.${problem}`);
    },
  };
}
