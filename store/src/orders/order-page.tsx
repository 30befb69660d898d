import { formatMoney } from "@kilim/sdk";
import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { useChosenStore } from "../session/chosen-store.ts";
import { Failure } from "../shell/failure.tsx";
import { HandOver } from "./hand-over.tsx";
import { MailReceipt } from "./mail-receipt.tsx";
import { OrderWay } from "./order-way.tsx";
import { orderQuery } from "./queries.ts";
import { ReturnCard } from "./return-card.tsx";

/** One order, from whatever channel: what it is, where it is, what may be done with it here. */
export function OrderPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams({ from: "/orders/$id" });
  const storeId = useChosenStore() ?? "";
  const order = useQuery(orderQuery(id));
  if (order.isError) return <Failure error={order.error} retry={order.refetch} />;
  if (!order.data) return <Card mih={320} />;
  const { number, channel, store_name: storeName, placed_at: at, lines, total, refunded, fulfilments } = order.data;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  const where = storeName ?? t(`channel.${channel}`, { defaultValue: channel });
  const ready = fulfilments.filter((one) => one.state === "ready" && one.store_id === storeId);
  return (
    <Stack maw={760} mx="auto" data-testid="order">
      <Group justify="space-between">
        <div>
          <Title order={1}>{number}</Title>
          <Text c="dimmed">{[order.data.profile_name, date, where].filter(Boolean).join(" · ")}</Text>
        </div>
        <Badge variant="filled" color="gray" autoContrast>
          {t(`order.status.${order.data.status}`)}
        </Badge>
      </Group>
      {ready.map((one) => (
        <HandOver
          key={one.id}
          fulfilmentId={one.id}
          compartment={one.compartment}
          collector={one.collector?.name ?? null}
        />
      ))}
      <Card>
        <Stack gap="sm">
          {lines.map((line) => (
            <Group key={line.position} justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <ItemRow item={line} />
                {line.cancelled + line.returned > 0 && (
                  <Text size="xs" c="dimmed">
                    {[
                      line.cancelled > 0 ? t("order.cancelled", { count: line.cancelled }) : null,
                      line.returned > 0 ? t("order.returned", { count: line.returned }) : null,
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </Text>
                )}
              </div>
              <Text fw={650}>{formatMoney(line.total, i18n.language)}</Text>
            </Group>
          ))}
          <Group justify="space-between">
            <Text fw={700}>{t("till.total")}</Text>
            <Text fw={700}>{formatMoney(total, i18n.language)}</Text>
          </Group>
          {refunded.amount > 0 && (
            <Group justify="space-between">
              <Text>{t("order.refunded")}</Text>
              <Text>{formatMoney(refunded, i18n.language)}</Text>
            </Group>
          )}
        </Stack>
      </Card>
      <ReturnCard order={order.data} storeId={storeId} />
      <OrderWay id={id} />
      <Card>
        <Stack gap="sm">
          <Title order={2}>{t("order.receipt")}</Title>
          <MailReceipt orderId={id} email={order.data.email} />
          <Button
            component="a"
            href={`/v1/orders/${id}/receipt.pdf?language=${i18n.language}`}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconFileTypePdf aria-hidden="true" />}
          >
            {t("order.pdf")}
          </Button>
        </Stack>
      </Card>
    </Stack>
  );
}
