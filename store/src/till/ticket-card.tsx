import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OntoList } from "../customers/onto-list.tsx";
import { useBag } from "../customers/use-bag.ts";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import { Payment } from "./payment.tsx";
import type { Sale } from "./sale.ts";
import { type Ticket, type TicketChange, type TicketLine, totalOf } from "./ticket.ts";
import classes from "./ticket-card.module.css";

interface TicketCardProps {
  readonly ticket: Ticket;
  readonly change: (change: TicketChange) => void;
  readonly storeId: string;
  readonly customerId: string | null;
  /** The list that was brought to the till. */
  readonly listId: string | null;
  readonly onSold: (sale: Sale) => void;
}

export function TicketCard({ ticket, change, storeId, customerId, listId, onSold }: TicketCardProps) {
  const { t, i18n } = useTranslation();
  const [isPaying, setPaying] = useState(false);
  const total = totalOf(ticket);
  return (
    <Card className={classes.ticket} data-testid="ticket">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2}>{t("till.ticket")}</Title>
          {total && (
            <Button variant="subtle" color="gray" size="md" onClick={() => change({ do: "clear" })}>
              {t("till.clear")}
            </Button>
          )}
        </Group>
        {ticket.lines.length === 0 && <Text c="dimmed">{t("till.empty")}</Text>}
        <ul className={classes.lines}>
          {ticket.lines.map((line) => (
            <Line
              key={line.variant_id}
              line={line}
              onQuantity={(quantity) => change({ do: "quantity", variantId: line.variant_id, quantity })}
            />
          ))}
        </ul>
        {total && (
          <div className={classes.pay}>
            <Group justify="space-between" align="baseline">
              <Text>{t("till.total")}</Text>
              <Text size="xl" fw={700} data-testid="total">
                {formatMoney(total, i18n.language)}
              </Text>
            </Group>
            <Button size="xl" fullWidth onClick={() => setPaying(true)}>
              {t("till.pay")}
            </Button>
            {customerId && (
              <NotToday
                ticket={ticket}
                customerId={customerId}
                storeId={storeId}
                onDone={() => change({ do: "clear" })}
              />
            )}
          </div>
        )}
      </Stack>
      {isPaying && total && (
        <Payment
          ticket={ticket}
          total={total}
          storeId={storeId}
          customerId={customerId}
          listId={listId}
          onSold={onSold}
          onClose={() => setPaying(false)}
        />
      )}
    </Card>
  );
}

interface NotTodayProps {
  readonly ticket: Ticket;
  readonly customerId: string;
  readonly storeId: string;
  readonly onDone: () => void;
}

/** She does not buy it here and now: it waits in her bag or on a list of hers, on her phone. */
function NotToday({ ticket, customerId, storeId, onDone }: NotTodayProps) {
  const { t } = useTranslation();
  const { put } = useBag(customerId, storeId);
  return (
    <>
      {put.isError && <Failure error={put.error} />}
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          flex={1}
          px="xs"
          loading={put.isPending}
          onClick={() => put.mutate(ticket.lines, { onSuccess: onDone })}
        >
          {t("till.intoBag")}
        </Button>
        <OntoList customerId={customerId} storeId={storeId} lines={ticket.lines} onDone={onDone} />
      </Group>
    </>
  );
}

interface LineProps {
  readonly line: TicketLine;
  readonly onQuantity: (quantity: number) => void;
}

function Line({ line, onQuantity }: LineProps) {
  const { t, i18n } = useTranslation();
  const sum = { amount: line.price.amount * line.quantity, currency: line.price.currency };
  return (
    <li className={classes.line} data-testid="ticket-line">
      <ItemRow item={line} />
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            aria-label={t("till.oneLess", { title: line.title })}
            onClick={() => onQuantity(line.quantity - 1)}
          >
            <IconMinus />
          </ActionIcon>
          <Text fw={650} miw={28} ta="center">
            {line.quantity}
          </Text>
          <ActionIcon
            aria-label={t("till.oneMore", { title: line.title })}
            onClick={() => onQuantity(line.quantity + 1)}
          >
            <IconPlus />
          </ActionIcon>
        </Group>
        <Text fw={650}>{formatMoney(sum, i18n.language)}</Text>
      </Group>
    </li>
  );
}
