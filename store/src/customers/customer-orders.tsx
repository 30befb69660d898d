import { formatMoney } from "@kilim/sdk";
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import { customerOrdersQuery, customerQuery } from "./queries.ts";

/** Her last orders on every channel. */
export function CustomerOrders({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation();
  const orders = useQuery(customerOrdersQuery(id));
  // What was imported or came by events of other systems is counted, but stands in no order book of ours.
  const earlier = useQuery(customerQuery(id)).data?.computed.orders ?? 0;
  if (orders.isError) return <Failure error={orders.error} retry={orders.refetch} />;
  return (
    <Card data-testid="customer-orders">
      <Stack gap="md">
        <Title order={3}>{t("customer.lastOrders")}</Title>
        {orders.data?.items.length === 0 && (
          <Text c="dimmed">
            {earlier > 0 ? t("customer.earlierOrders", { count: earlier }) : t("customer.noOrders")}
          </Text>
        )}
        {orders.data?.items.map((order) => (
          <Stack key={order.id} gap="xs">
            <Group justify="space-between" wrap="nowrap" align="baseline">
              <Text fw={650}>
                {new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" }).format(new Date(order.created_at))}
                {" · "}
                {order.store_name ?? t(`channel.${order.channel}`, { defaultValue: order.channel })}
              </Text>
              <Text fw={650}>{formatMoney(order.total, i18n.language)}</Text>
            </Group>
            {order.lines.map((line) => (
              <ItemRow key={line.variant_id} item={line} />
            ))}
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}
