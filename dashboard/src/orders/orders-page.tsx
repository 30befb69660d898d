import { Drawer, Group, Paper, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Order } from "../../../server/src/orders/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { humanise } from "../i18n/label.ts";
import { ChannelName } from "../parts/channel.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { orderQuery } from "./queries.ts";

const route = getRouteApi("/orders");

/** One order book for every channel. */
export function OrdersPage() {
  const { t } = useTranslation();
  const { order } = route.useSearch();
  const navigate = route.useNavigate();
  const orders = usePages<Order>(["orders"], "/v1/orders");
  useLiveQueries({ topics: ["order"] }, [["orders"]]);
  const columns = useColumns();
  return (
    <Page title={t("nav.orders")} subtitle={t("orders.subtitle")}>
      <Paper p="xs">
        <DataTable
          label={t("nav.orders")}
          source={orders}
          rows={itemsOf(orders.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ search: { order: row.id } })}
          empty={<EmptyNotice title={t("orders.empty")}>{t("orders.emptyText")}</EmptyNotice>}
        />
      </Paper>
      <Drawer
        opened={order !== undefined}
        onClose={() => void navigate({ search: {} })}
        title={t("orders.one")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {order ? <OrderDetails id={order} /> : null}
      </Drawer>
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
          <Text size="sm" fw={550}>
            {row.number}
          </Text>
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

function OrderDetails({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const order = useQuery(orderQuery(id));
  if (order.isError) return <ErrorNotice error={order.error} retry={() => void order.refetch()} />;
  if (!order.data) return <Skeleton height={240} className="kilim-late" />;
  const { data } = order;
  return (
    <Stack>
      <Group justify="space-between">
        <Text fw={600}>{data.number}</Text>
        <Text size="sm">{humanise(data.status)}</Text>
      </Group>
      <Group justify="space-between">
        <ChannelName channel={data.channel} />
        <When at={data.placed_at} />
      </Group>
      {data.profile_id ? <Person id={data.profile_id} name={data.profile_name ?? data.email} /> : null}
      <Table aria-label={t("orders.lines")}>
        <Table.Tbody>
          {data.lines.map((line) => (
            <Table.Tr key={line.variant_id}>
              <Table.Td>
                <TextLink to="/products/$id" params={{ id: line.product_id }} size="sm">
                  {line.title}
                </TextLink>
                <Text size="xs" c="dimmed">
                  {[line.size, line.color].filter(Boolean).join(", ")}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                <Text size="sm">
                  {line.quantity} × {format.money(line.price)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>{t("orders.total")}</Table.Th>
            <Table.Th ta="right">{format.money(data.total)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Stack>
  );
}
