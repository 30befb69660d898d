import { formatMoney } from "@kilim/sdk";
import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import classes from "./customer-orders.module.css";
import { customerOrdersQuery, timelineQuery } from "./queries.ts";
import { type RecentOrder, recentOrders } from "./recent-orders.ts";

const SHOWN = 5;

/** Her open and her last orders on every channel; from here they are handed over, taken back and followed. */
export function CustomerOrders({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const book = useQuery(customerOrdersQuery(id));
  const timeline = useQuery(timelineQuery(id));
  if (book.isError) return <Failure error={book.error} retry={book.refetch} />;
  const orders = recentOrders(book.data?.items ?? [], timeline.data?.items ?? [], SHOWN);
  return (
    <Card data-testid="customer-orders">
      <Stack gap="md">
        <Title order={3}>{t("customer.lastOrders")}</Title>
        {book.isSuccess && timeline.isSuccess && orders.length === 0 && (
          <Text c="dimmed">{t("customer.noOrders")}</Text>
        )}
        {orders.map((order) => (
          <OrderRows key={order.id} order={order} />
        ))}
      </Stack>
    </Card>
  );
}

function OrderRows({ order }: { readonly order: RecentOrder }) {
  const { t, i18n } = useTranslation();
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" }).format(new Date(order.at));
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text fw={650}>
          {date} · {order.storeName ?? t(`channel.${order.channel}`, { defaultValue: order.channel })}
        </Text>
        <Text fw={650}>{formatMoney(order.total, i18n.language)}</Text>
      </Group>
      {order.own && (
        <Group justify="space-between" wrap="nowrap">
          <Link to="/orders/$id" params={{ id: order.id }} className={classes.link}>
            {order.own.number}
          </Link>
          <Badge variant="filled" color="gray" autoContrast>
            {t(`order.status.${order.own.status}`)}
          </Badge>
        </Group>
      )}
      {order.lines.map((line) => (
        <ItemRow key={`${line.title} ${line.color} ${line.size}`} item={line} />
      ))}
    </Stack>
  );
}
