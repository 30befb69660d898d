import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { ordersOfQuery } from "../orders/queries.ts";
import { Card } from "../parts/card.tsx";
import { ChannelIcon } from "../parts/channel.tsx";
import { TextLink } from "../parts/link.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";

interface OrdersCardProps {
  readonly profileId: string;
  /** How many orders the person's events tell of; those that came from other systems are only there. */
  readonly told: number;
}

export function OrdersCard({ profileId, told }: OrdersCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const orders = useQuery(ordersOfQuery(profileId));
  return (
    <Card title={t("nav.orders")}>
      <QueryView query={orders} height={24}>
        {(data) =>
          data.items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {told === 0 ? t("profile.noOrders") : t("profile.ordersElsewhere", { count: told })}{" "}
              {told === 0 ? null : (
                <TextLink
                  to="/people/$id"
                  params={{ id: profileId }}
                  search={{ event: "Order Completed" }}
                  size="sm"
                  underline="always"
                >
                  {t("profile.showOrders")}
                </TextLink>
              )}
            </Text>
          ) : (
            <Stack gap={8}>
              {data.items.map((order) => (
                <Group key={order.id} justify="space-between" wrap="nowrap" gap="xs">
                  <Group gap={6} wrap="nowrap">
                    <ChannelIcon channel={order.channel} />
                    <TextLink to="/orders/$id" params={{ id: order.id }} size="sm">
                      {order.number}
                    </TextLink>
                    <When at={order.placed_at} size="xs" c="dimmed" />
                  </Group>
                  <Text size="sm">{format.money(order.total)}</Text>
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}
