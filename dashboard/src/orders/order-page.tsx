import { Group, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { Card } from "../parts/card.tsx";
import { ChannelName } from "../parts/channel.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Person } from "../parts/person.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderLines } from "./order-lines.tsx";
import { OrderMoney } from "./order-money.tsx";
import { OrderReturns } from "./order-returns.tsx";
import { OrderWay } from "./order-way.tsx";
import { OrderWays } from "./order-ways.tsx";
import { type Order, orderQuery } from "./queries.ts";

const route = getRouteApi("/orders/$id");

/** One order, whatever channel it came by: each axis by itself, what happened, and what may still be done. */
export function OrderPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const order = useQuery(orderQuery(id));
  useLiveQueries({ topics: ["order"] }, [["orders", id]]);
  if (order.isError && !order.data) {
    return (
      <Page title={t("orders.one")}>
        <ErrorNotice error={order.error} retry={() => void order.refetch()} />
      </Page>
    );
  }
  if (!order.data) return <Skeleton m="lg" height={420} className="kilim-late" />;
  const { data } = order;
  return (
    <Page
      title={data.number}
      before={
        <TextLink to="/orders" size="sm" c="dimmed">
          ‹ {t("orderBook.back")}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          <ChannelName channel={data.channel} />
          <When at={data.placed_at} />
          {data.profile_id ? (
            <Person id={data.profile_id} name={data.profile_name ?? data.email} />
          ) : (
            t("orders.unknown")
          )}
        </Group>
      }
      actions={<OrderActions order={data} />}
    >
      <Group gap="xs">
        <Status value={data.state}>{t(`orderBook.states.${data.state}`)}</Status>
        <Status value={data.payment.state}>{t(`orderBook.payments.${data.payment.state}`)}</Status>
        <Status value={data.fulfilment.state}>{t(`orderBook.goods.${data.fulfilment.state}`)}</Status>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack>
          <OrderLines order={data} />
          <OrderMoney order={data} />
          <Where order={data} />
        </Stack>
        <Stack>
          <OrderWays order={data} />
          <OrderReturns order={data} />
          <OrderWay id={id} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function Where({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { address, store_name: store, till, business_day: day } = order;
  if (!address && !store) return null;
  const lines = address
    ? [
        address.name,
        address.line1,
        address.line2,
        [address.postal_code, address.city].filter(Boolean).join(" "),
        address.country,
      ]
    : [store, till ? t(day ? "orderBook.till" : "orderBook.tillAlone", { till, day }) : null];
  return (
    <Card title={t(address ? "orderBook.address" : "orderBook.sold")}>
      <div>
        {lines.filter(Boolean).map((line) => (
          <Text size="sm" key={line}>
            {line}
          </Text>
        ))}
      </div>
    </Card>
  );
}
