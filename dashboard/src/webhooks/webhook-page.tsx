import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { Copyable } from "../parts/copyable.tsx";
import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { type EndpointView, WEBHOOKS, webhookQuery } from "./queries.ts";
import { WebhookActions } from "./webhook-actions.tsx";
import { WebhookDialogs } from "./webhook-dialogs.tsx";
import { WebhookFacts } from "./webhook-facts.tsx";
import { nameOf } from "./words.ts";

const route = getRouteApi("/settings/webhooks/$id");

/** One receiver: how it fares, what it was told, and what can be done. */
export function WebhookPage() {
  const { id } = route.useParams();
  const webhook = useQuery(webhookQuery(id));
  useLiveQueries({ topics: ["webhook"] }, [WEBHOOKS]);
  return (
    <QueryView query={webhook} height={480}>
      {(endpoint) => <Endpoint endpoint={endpoint} />}
    </QueryView>
  );
}

function Endpoint({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  return (
    <Page
      title={nameOf(endpoint)}
      subtitle={<Copyable value={endpoint.url} />}
      before={
        <TextLink to="/settings" search={{ tab: "webhooks" }} size="sm">
          {t("webhooks.title")}
        </TextLink>
      }
      actions={<WebhookActions endpoint={endpoint} />}
    >
      <Stack maw={1100}>
        <WebhookFacts endpoint={endpoint} />
        <DeliveriesCard endpoint={endpoint} />
      </Stack>
      <WebhookDialogs endpoint={endpoint} />
    </Page>
  );
}
