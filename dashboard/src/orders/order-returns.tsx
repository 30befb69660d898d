import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { locationsQuery } from "../stock/queries.ts";
import {
  type AnnouncedReturn,
  announcedQuery,
  type Order,
  type ReturnedOrder,
  returnableQuery,
  returnsQuery,
} from "./queries.ts";
import { Refused, TakeIn } from "./take-in.tsx";

const route = getRouteApi("/orders/$id");

/** What its buyer sends back by post, what came back, and taking in what arrives. */
export function OrderReturns({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { action, announced: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const announced = useQuery(announcedQuery(order.id));
  const returns = useQuery(returnsQuery(order.id));
  const returnable = useQuery(returnableQuery(order.id));
  const open = (id?: string) => void navigate({ search: { action: "return", ...(id ? { announced: id } : {}) } });
  const close = () => void navigate({ search: {} });
  const left = returnable.data?.items.filter(({ quantity }) => quantity > 0) ?? [];
  const named = announced.data?.items.find(({ id }) => id === chosen);
  const awaited = named?.state === "announced" ? named : undefined;
  return (
    <Card
      title={t("orderReturns.title")}
      aside={
        left.length > 0 ? (
          <Button size="xs" variant="default" onClick={() => open()}>
            {t("orderReturns.takeInOther")}
          </Button>
        ) : null
      }
    >
      <QueryView query={announced} height={60}>
        {({ items }) => (
          <Stack>
            {items.map((one) => (
              <Announced key={one.id} one={one} order={order} onTakeIn={() => open(one.id)} />
            ))}
            {returns.data?.items.map((one) => (
              <TakenBack key={one.id} one={one} order={order} />
            ))}
            {items.length === 0 && returns.data?.items.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t("orderReturns.empty")}
              </Text>
            ) : null}
          </Stack>
        )}
      </QueryView>
      <Modal
        opened={action === "return"}
        onClose={close}
        size="lg"
        title={t(awaited ? "orderReturns.takeIn" : "orderReturns.takeInOther")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack>
          {named && !awaited ? <Refused code="return_not_awaited" /> : null}
          {announced.data && returnable.data ? (
            <TakeIn
              key={awaited?.id}
              order={order}
              left={left}
              {...(awaited ? { announced: awaited } : {})}
              onClose={close}
            />
          ) : null}
        </Stack>
      </Modal>
    </Card>
  );
}

interface AnnouncedProps {
  readonly one: AnnouncedReturn;
  readonly order: Order;
  readonly onTakeIn: () => void;
}

function Announced({ one, order, onTakeIn }: AnnouncedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const titleAt = useTitles(order);
  return (
    <Stack gap={6} data-testid="announced-return">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t("orderReturns.announced")} <When at={one.at} fw={400} />
        </Text>
        <Status value={one.state}>{t(`orderReturns.states.${one.state}`)}</Status>
      </Group>
      {one.lines.map(({ position, quantity, received, reason }) => (
        <Text size="sm" key={position}>
          {quantity} × {titleAt(position)}
          <Text span size="xs" c="dimmed">
            {` · ${t(`orderReturns.reasons.${reason}`)}`}
            {received > 0 && received < quantity ? ` · ${t("orderReturns.arrived", { received, quantity })}` : null}
          </Text>
        </Text>
      ))}
      {one.state === "announced" ? (
        <>
          <Text size="xs" c="dimmed">
            {t(one.is_over ? "orderReturns.arrivalOver" : "orderReturns.arrivesUntil", {
              day: format.until(one.until),
            })}
          </Text>
          <Button size="xs" variant="default" w="max-content" onClick={onTakeIn}>
            {t("orderReturns.takeIn")}
          </Button>
        </>
      ) : null}
    </Stack>
  );
}

function TakenBack({ one, order }: { readonly one: ReturnedOrder; readonly order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const titleAt = useTitles(order);
  const locations = useQuery(locationsQuery);
  const place = locations.data?.items.find(({ id }) => id === one.location_id)?.name;
  const methods: Readonly<Record<string, string>> = t("orderBook.methods", { returnObjects: true });
  return (
    <Stack gap={6} data-testid="taken-back">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t("orderReturns.takenBack", { number: one.number })} <When at={one.at} fw={400} />
        </Text>
        <Text size="xs" c="dimmed">
          {[t(`orderReturns.channels.${one.channel}`), place].filter(Boolean).join(" · ")}
        </Text>
      </Group>
      {one.lines.map(({ position, quantity, condition, reason }) => (
        <Text size="sm" key={`${position} ${condition}`}>
          {quantity} × {titleAt(position)}
          <Text span size="xs" c="dimmed">
            {` · ${t(`orderReturns.conditions.${condition}`)}`}
            {reason ? ` · ${reason}` : null}
          </Text>
        </Text>
      ))}
      {one.refunds.map((refund) => (
        <Text size="xs" key={refund.id}>
          {[
            format.money(refund.amount),
            methods[refund.method] ?? refund.method,
            t(`orderBook.refundStates.${refund.state}`),
          ].join(" · ")}
        </Text>
      ))}
      {one.override ? (
        <Text size="xs" c="dimmed">
          {t("orderReturns.overridden", { why: one.override })}
        </Text>
      ) : null}
    </Stack>
  );
}

function useTitles(order: Order): (position: number) => string {
  const { i18n } = useTranslation();
  return (position) => {
    const line = order.lines.find((one) => one.position === position);
    if (!line) return "";
    return [translated(line.titles, i18n.language, line.title), line.size, line.color].filter(Boolean).join(" · ");
  };
}
