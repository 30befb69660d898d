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

export function OrdersCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const orders = useQuery(ordersOfQuery(profileId));
  return (
    <Card title={t("nav.orders")}>
      <QueryView query={orders} height={24}>
        {(data) =>
          data.items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("profile.noOrders")}
            </Text>
          ) : (
            <Stack gap={8}>
              {data.items.map((order) => (
                <Group key={order.id} justify="space-between" wrap="nowrap" gap="xs">
                  <Group gap={6} wrap="nowrap">
                    <ChannelIcon channel={order.channel} />
                    <TextLink to="/orders" search={{ order: order.id }} size="sm">
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
