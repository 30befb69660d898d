import { Paper, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Order } from "../../../server/src/orders/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { ChannelName } from "../parts/channel.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { OrderFilters } from "./order-filters.tsx";

const route = getRouteApi("/orders");

/** One order book for every channel. */
export function OrdersPage() {
  const { t } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const orders = usePages<Order>(["orders"], "/v1/orders", { ...filter });
  useLiveQueries({ topics: ["order"] }, [["orders"]]);
  const columns = useColumns();
  return (
    <Page title={t("nav.orders")} subtitle={t("orders.subtitle")}>
      <OrderFilters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />
      <Paper p="xs">
        <DataTable
          label={t("nav.orders")}
          source={orders}
          rows={itemsOf(orders.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/orders/$id", params: { id: row.id } })}
          empty={<EmptyNotice title={t("orders.empty")}>{t("orders.emptyText")}</EmptyNotice>}
        />
      </Paper>
    </Page>
  );
}

function useColumns(): readonly TableColumn<Order>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "number",
        header: t("orders.number"),
        cell: (row) => (
          <TextLink to="/orders/$id" params={{ id: row.id }} size="sm" fw={550} style={{ whiteSpace: "nowrap" }}>
            {row.number}
          </TextLink>
        ),
      },
      {
        id: "person",
        header: t("people.name"),
        grow: true,
        from: "xs",
        cell: (row) =>
          row.profile_id ? (
            <Person id={row.profile_id} name={row.profile_name ?? row.email} />
          ) : (
            <Text size="sm" c="dimmed">
              {t("orders.unknown")}
            </Text>
          ),
      },
      {
        id: "channel",
        header: t("orders.channel"),
        from: "sm",
        cell: (row) => (
          <Stack gap={0}>
            <ChannelName channel={row.channel} />
            {row.store_name ? (
              <Text size="xs" c="dimmed">
                {row.store_name}
              </Text>
            ) : null}
          </Stack>
        ),
      },
      {
        id: "state",
        header: t("orderBook.state"),
        from: "md",
        cell: (row) => (
          <Stack gap={0}>
            <Text size="sm" style={{ whiteSpace: "nowrap" }}>
              {t(`orderBook.payments.${row.payment.state}`)}
            </Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {t(`orderBook.goods.${row.fulfilment.state}`)}
            </Text>
          </Stack>
        ),
      },
      {
        id: "total",
        header: t("orders.total"),
        align: "right",
        cell: (row) => <Text size="sm">{format.money(row.total)}</Text>,
      },
      { id: "placed", header: t("orders.placed"), align: "right", cell: (row) => <When at={row.placed_at} /> },
    ],
    [t, format],
  );
}
