import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { type MoneyAmount, useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { When } from "../parts/when.tsx";
import { type Order, refundsQuery } from "./queries.ts";
import { useReason } from "./use-reason.ts";

export function OrderMoney({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasonOf = useReason();
  const methods: Readonly<Record<string, string>> = t("orderBook.methods", { returnObjects: true });
  const nameOf = (method: string) => methods[method] ?? method;
  const tenders = order.payment.tenders ?? [];
  const refunds = useQuery({ ...refundsQuery(order.id), enabled: order.refunded.amount > 0 });
  return (
    <Card title={t("orderBook.money")} aside={<Text size="sm">{nameOf(order.payment.method)}</Text>}>
      <Stack gap={4}>
        <Sum label={t("orderBook.discount")} money={order.discount} />
        <Sum label={t("orderBook.shipping")} money={order.shipping} />
        <Sum label={t("orderBook.tax")} money={order.tax} />
        <Group justify="space-between">
          <Text size="sm" fw={650}>
            {t("orderBook.total")}
          </Text>
          <Text size="sm" fw={650}>
            {format.money(order.total)}
          </Text>
        </Group>
        {tenders.length > 1
          ? tenders.map(({ method, amount }, i) => (
              <Group
                // biome-ignore lint/suspicious/noArrayIndexKey: what was paid stays in its order
                key={i}
                justify="space-between"
              >
                <Text size="xs" c="dimmed">
                  {nameOf(method)}
                </Text>
                <Text size="xs">{format.money(amount)}</Text>
              </Group>
            ))
          : null}
        <Sum label={t("orderBook.refunded")} money={order.refunded} />
        {refunds.data?.items.map((refund) => (
          <Group key={refund.id} justify="space-between" gap="xs">
            <Text size="xs" c="dimmed">
              {reasonOf(refund.reason)} · {nameOf(refund.method)} · {t(`orderBook.refundStates.${refund.state}`)}
            </Text>
            <Group gap="xs">
              <When at={refund.done_at ?? refund.created_at} size="xs" />
              <Text size="xs">{format.money(refund.amount)}</Text>
            </Group>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Sum({ label, money }: { readonly label: string; readonly money: MoneyAmount }) {
  const format = useFormat();
  if (money.amount === 0) return null;
  return (
    <Group justify="space-between">
      <Text size="sm">{label}</Text>
      <Text size="sm">{format.money(money)}</Text>
    </Group>
  );
}
