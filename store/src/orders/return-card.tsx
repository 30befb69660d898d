import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Alert, Button, Card, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import { type AnnouncedReturn, announcedQuery, giveBack, type Order, returnableQuery } from "./queries.ts";

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
  const announced = (useQuery(announcedQuery(order.id)).data?.items ?? []).filter(({ state }) => state === "announced");
  const [parcelId, setParcelId] = useState<string>();
  // Taken in or withdrawn meanwhile, it is no announcement any more.
  const parcel = announced.find(({ id }) => id === parcelId);
  // An announcement that is itself too late makes nothing of its own in time.
  const isLate = items.some(
    ({ position, is_over: isOver, in_time: inTime }) =>
      isOver && (picked[position]?.quantity ?? 0) > (parcel?.is_over ? 0 : inTime),
  );
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
          ...(parcel ? { announced_id: parcel.id } : {}),
          ...(isLate ? { override: override.trim() } : {}),
        },
        // The same goods in the same state, pressed twice, come back once.
        `return-${parcel?.id ?? order.id}-${order.refunded.amount}-${JSON.stringify(chosen)}`.slice(0, 250),
      ),
    onSuccess() {
      setPicked({});
      setParcelId(undefined);
    },
    // Also refused: then somebody was faster, and what is shown is no longer so.
    onSettled() {
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
        {announced.map((one) => (
          <AsAnnounced
            key={one.id}
            one={one}
            isChosen={one === parcel}
            onChoose={() => {
              setParcelId(one === parcel ? undefined : one.id);
              setPicked(one === parcel ? {} : pickedOf(one));
            }}
          />
        ))}
        {items.map(({ position, quantity, until, is_over: isOver, in_time: inTime }) => {
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
              <Announced announced={announced} position={position} inTime={isOver ? inTime : 0} />
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

interface AsAnnouncedProps {
  readonly one: AnnouncedReturn;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** The parcel that its buyer has announced is here: one touch counts what she said. */
function AsAnnounced({ one, isChosen, onChoose }: AsAnnouncedProps) {
  const { t, i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "long" }).format(new Date(one.at));
  return (
    <Button
      variant="default"
      h="auto"
      mih={48}
      py="xs"
      styles={{ label: { whiteSpace: "normal" } }}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      {t("returns.asAnnounced", { day })}
    </Button>
  );
}

function pickedOf({ lines }: AnnouncedReturn): Readonly<Record<number, Picked>> {
  return Object.fromEntries(
    lines.map(({ position, quantity, received }) => [
      position,
      { quantity: quantity - received, condition: "sellable" as const },
    ]),
  );
}

interface AnnouncedProps {
  readonly announced: readonly AnnouncedReturn[];
  readonly position: number;
  /** So many of them are in time although the line's own time is over. */
  readonly inTime: number;
}

/** What its buyer has said she sends back, and what has not come yet. */
function Announced({ announced, position, inTime }: AnnouncedProps) {
  const { t } = useTranslation();
  const open = announced
    .flatMap(({ id, lines }) => lines.map((line) => ({ ...line, id, count: line.quantity - line.received })))
    .filter((line) => line.position === position && line.count > 0);
  return (
    <>
      {open.map(({ id, count, reason }) => (
        <Text key={id} size="xs">
          {t("returns.announced", { count, reason: t(`returns.reason.${reason}`) })}
        </Text>
      ))}
      {inTime > 0 && <Text size="xs">{t("returns.inTime", { count: inTime })}</Text>}
    </>
  );
}
