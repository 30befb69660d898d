import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Alert, Button, Card, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import { announcedQuery, giveBack, type Order, returnableQuery } from "./queries.ts";

const CONDITIONS = ["sellable", "damaged", "check"] as const;
type Condition = (typeof CONDITIONS)[number];

interface Picked {
  readonly quantity: number;
  readonly condition: Condition;
}

/** Goods come back here, whatever channel sold them: never more than went out, in their time. */
export function ReturnCard({ order, storeId }: { readonly order: Order; readonly storeId: string }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const returnable = useQuery(returnableQuery(order.id));
  const [picked, setPicked] = useState<Readonly<Record<number, Picked>>>({});
  const [override, setOverride] = useState("");
  const chosen = Object.entries(picked).filter(([, { quantity }]) => quantity > 0);
  const items = (returnable.data?.items ?? []).filter(({ quantity }) => quantity > 0);
  const isLate = items.some(({ position, is_over }) => is_over && (picked[position]?.quantity ?? 0) > 0);
  const take = useMutation({
    mutationFn: () =>
      giveBack(
        order.id,
        {
          channel: "store",
          store_id: storeId,
          lines: chosen.map(([position, { quantity, condition }]) => ({
            position: Number(position),
            quantity,
            condition,
          })),
          ...(isLate ? { override: override.trim() } : {}),
        },
        // The same goods in the same state, pressed twice, come back once.
        `return-${order.id}-${order.refunded.amount}-${JSON.stringify(chosen)}`.slice(0, 250),
      ),
    onSuccess() {
      setPicked({});
      for (const key of ["orders", "availability", "queue"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  if (items.length === 0 && !take.isSuccess) return null;
  const pick = (position: number, change: Partial<Picked>) =>
    setPicked((before) => ({
      ...before,
      [position]: { ...(before[position] ?? { quantity: 0, condition: "sellable" }), ...change },
    }));
  return (
    <Card data-testid="return">
      <Stack gap="md">
        <Title order={2}>{t("returns.title")}</Title>
        {take.data && (
          <Alert role="status" color="green" title={t("returns.done", { number: take.data.number })}>
            {take.data.refunds.map((refund) => (
              <Text key={refund.id}>
                {t("returns.backBy", {
                  amount: formatMoney(refund.amount, i18n.language),
                  method: t(`tender.${refund.method}`, { defaultValue: refund.method }),
                })}
              </Text>
            ))}
          </Alert>
        )}
        {items.map(({ position, quantity, until, is_over: isOver }) => {
          const line = order.lines.find((one) => one.position === position);
          const now = picked[position] ?? { quantity: 0, condition: "sellable" as const };
          return line ? (
            <Stack key={position} gap="xs">
              <Group justify="space-between">
                <ItemRow item={{ ...line, quantity }} />
                <Group gap="xs" wrap="nowrap">
                  <ActionIcon
                    aria-label={t("till.oneLess", { title: titleIn(i18n.language, line) })}
                    disabled={now.quantity === 0}
                    onClick={() => pick(position, { quantity: now.quantity - 1 })}
                  >
                    <IconMinus />
                  </ActionIcon>
                  <Text fw={650} miw={28} ta="center" data-testid={`returning-${position}`}>
                    {now.quantity}
                  </Text>
                  <ActionIcon
                    aria-label={t("till.oneMore", { title: titleIn(i18n.language, line) })}
                    disabled={now.quantity === quantity}
                    onClick={() => pick(position, { quantity: now.quantity + 1 })}
                  >
                    <IconPlus />
                  </ActionIcon>
                </Group>
              </Group>
              <Until until={until} isOver={isOver} />
              <Announced orderId={order.id} position={position} />
              {now.quantity > 0 && (
                <Select
                  size="lg"
                  label={t("returns.condition")}
                  allowDeselect={false}
                  value={now.condition}
                  data={CONDITIONS.map((value) => ({ value, label: t(`returns.${value}`) }))}
                  onChange={(value) => pick(position, { condition: (value ?? "sellable") as Condition })}
                />
              )}
            </Stack>
          ) : null;
        })}
        {isLate && (
          <TextInput
            label={t("returns.override")}
            required
            maxLength={200}
            value={override}
            onChange={(event) => setOverride(event.currentTarget.value)}
          />
        )}
        {take.isError && <Failure error={take.error} />}
        {items.length > 0 && (
          <Button
            loading={take.isPending}
            disabled={chosen.length === 0 || (isLate && override.trim() === "")}
            onClick={() => take.mutate()}
          >
            {t("returns.take")}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function Until({ until, isOver }: { readonly until: string | null; readonly isOver: boolean }) {
  const { t, i18n } = useTranslation();
  if (until === null) return null;
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" }).format(new Date(until));
  return (
    <Text size="xs" c={isOver ? "red" : "dimmed"}>
      {t(isOver ? "returns.over" : "returns.until", { day })}
    </Text>
  );
}

interface AnnouncedProps {
  readonly orderId: string;
  readonly position: number;
}

/** What its buyer has said she sends back, and what has not come yet. */
function Announced({ orderId, position }: AnnouncedProps) {
  const { t } = useTranslation();
  const announced = useQuery(announcedQuery(orderId));
  const open = (announced.data?.items ?? [])
    .filter(({ state }) => state === "announced")
    .flatMap(({ id, lines }) => lines.map((line) => ({ ...line, id, count: line.quantity - line.received })))
    .filter((line) => line.position === position && line.count > 0);
  return open.map(({ id, count, reason }) => (
    <Text key={id} size="xs">
      {t("returns.announced", { count, reason: t(`returns.reason.${reason}`) })}
    </Text>
  ));
}
