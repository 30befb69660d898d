import { Box, SegmentedControl, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { DeliveryDrawer } from "./delivery-drawer.tsx";
import { type DeliveryItem, deliveriesKey, type EndpointView } from "./queries.ts";
import { useWebhookWords } from "./words.ts";

const route = getRouteApi("/settings/webhooks/$id");
const FILTERS = ["all", "waiting", "delivered", "missed"] as const;
const COLOURS = {
  waiting: "queued",
  sending: "sending",
  delivered: "done",
  failed: "failed",
  skipped: "skipped",
} as const;

/** What it was told and is to be told, newest first. */
export function DeliveriesCard({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWebhookWords();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const pages = usePages<DeliveryItem>(deliveriesKey(endpoint.id), `/v1/webhooks/${endpoint.id}/deliveries`, {
    ...(state ? { state } : {}),
  });
  const columns = useMemo<readonly TableColumn<DeliveryItem>[]>(
    () => [
      {
        id: "type",
        header: t("webhooks.message"),
        grow: true,
        cell: (row) => (
          <Text size="sm" truncate>
            {words.type(row.type)}
          </Text>
        ),
      },
      {
        id: "state",
        header: t("webhooks.state"),
        cell: (row) => <Status value={COLOURS[row.state]}>{t(`webhooks.delivery.${row.state}`)}</Status>,
      },
      {
        id: "answer",
        header: t("webhooks.answer"),
        from: "sm",
        cell: (row) => <Text size="sm">{row.last_try ? words.outcome(row.last_try) : "–"}</Text>,
      },
      {
        id: "tries",
        header: t("webhooks.tries"),
        align: "right",
        from: "sm",
        cell: (row) => <Text size="sm">{format.number(row.attempts)}</Text>,
      },
      { id: "next", header: t("webhooks.next"), align: "right", from: "md", cell: (row) => <When at={row.next_at} /> },
      {
        id: "at",
        header: t("webhooks.happened"),
        align: "right",
        from: "xs",
        cell: (row) => <When at={row.happened_at} />,
      },
    ],
    [t, format, words],
  );
  return (
    <Card title={t("webhooks.deliveries")}>
      <Box style={{ overflowX: "auto" }}>
        <SegmentedControl
          aria-label={t("webhooks.state")}
          size="xs"
          value={state ?? "all"}
          data={FILTERS.map((value) => ({ value, label: t(`webhooks.filter.${value}`) }))}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, state: value === "all" ? undefined : value }) })
          }
        />
      </Box>
      <DataTable
        label={t("webhooks.deliveries")}
        source={pages}
        rows={itemsOf(pages.data)}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate({ search: (now) => ({ ...now, delivery: row.id }) })}
        empty={<EmptyNotice title={t("webhooks.noDeliveries")}>{t("webhooks.noDeliveriesText")}</EmptyNotice>}
      />
      <DeliveryDrawer endpoint={endpoint} />
    </Card>
  );
}
