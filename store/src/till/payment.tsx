import { formatMoney, type Money, minorDigits } from "@kilim/sdk";
import { ActionIcon, Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "../parts/use-return-focus.ts";
import { storesQuery } from "../products/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { makeSale } from "./make-sale.ts";
import type { Sale } from "./sale.ts";
import { leftOf, type Method, MOST_TENDERS, type Tender, takeTender } from "./tenders.ts";
import type { Ticket } from "./ticket.ts";

interface PaymentProps {
  readonly ticket: Ticket;
  readonly total: Money;
  readonly storeId: string;
  readonly customerId: string | null;
  readonly listId: string | null;
  readonly onSold: (sale: Sale) => void;
  readonly onClose: () => void;
}

const DONE = { card: "till.cardDone", cash: "till.cashDone", gift_card: "till.giftCardDone" } as const;

/** One means of payment, or several, one after the other, until nothing is open. */
export function Payment({ ticket, total, storeId, customerId, listId, onSold, onClose }: PaymentProps) {
  const { t, i18n } = useTranslation();
  useReturnFocus();
  const queries = useQueryClient();
  const [paid, setPaid] = useState<readonly Tender[]>([]);
  const [method, setMethod] = useState<Method>("card");
  const [given, setGiven] = useState<number | null>(null);
  const digits = minorDigits(total.currency);
  const money = (amount: number) => formatMoney({ ...total, amount }, i18n.language);
  const left = leftOf(total.amount, paid);
  const whole = method === "cash" && left > 0 ? 0 : left;
  const amount = given === null ? whole : Math.round(given * 10 ** digits);
  const taken = takeTender(total.amount, paid, { method, amount });
  const isAll = taken !== null && leftOf(total.amount, taken.paid) === 0;
  const store = useQuery(storesQuery).data?.items.find((item) => item.id === storeId);
  const [email, setEmail] = useState("");
  const isEmail = email.trim() === "" || /^\S+@\S+\.\S+$/.test(email.trim());

  const sell = useMutation({
    // The browser's own answer to "is there a network" is no reason to wait: a sale is written down first.
    networkMode: "always",
    mutationFn: (ends: NonNullable<typeof taken>) =>
      makeSale({
        ticket,
        total,
        store: { id: storeId, timezone: store?.timezone ?? "UTC" },
        customerId,
        listId,
        ...ends,
        email: email.trim() === "" ? null : email.trim(),
        language: i18n.language as "en" | "tr" | "id",
      }),
    onSuccess(sale) {
      onSold(sale);
      for (const key of ["availability", "profile", "cart", "lists", "orders", "timeline"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
  const take = () => {
    if (taken === null) return;
    if (isAll) return sell.mutate(taken);
    setPaid(taken.paid);
    setGiven(null);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("till.pay")}
      centered
      closeButtonProps={{ size: 48, "aria-label": t("till.close") }}
    >
      <Stack>
        <Text ta="center" fz={40} fw={700} lh={1.1}>
          {money(left)}
        </Text>
        {paid.length > 0 && (
          <>
            <Text ta="center" c="dimmed">
              {t("till.leftOf", { total: money(total.amount) })}
            </Text>
            <Paid paid={paid} money={money} onDrop={(at) => setPaid(paid.filter((_, i) => i !== at))} />
          </>
        )}
        <SegmentedControl
          size="lg"
          fullWidth
          value={method}
          onChange={(value) => {
            setMethod(value as Method);
            setGiven(null);
          }}
          data={[
            { value: "card", label: t("till.card") },
            { value: "cash", label: t("till.cash") },
            { value: "gift_card", label: t("till.gift_card") },
          ]}
        />
        <NumberInput
          label={method === "cash" ? t("till.received") : t("till.amount")}
          value={given ?? (method === "cash" ? "" : left / 10 ** digits)}
          onChange={(value) => setGiven(value === "" ? null : Number(value))}
          min={0}
          decimalScale={digits}
          hideControls
          inputMode="decimal"
          error={amount > left && method !== "cash" ? t("till.tooMuch") : null}
          {...(method === "cash" ? { "data-autofocus": true } : {})}
        />
        {method === "cash" && (
          <>
            <Group grow gap="xs">
              {notesFor(left).map((note) => (
                <Button key={note} variant="default" px={4} onClick={() => setGiven(note / 10 ** digits)}>
                  {formatMoney({ ...total, amount: note }, i18n.language, true)}
                </Button>
              ))}
            </Group>
            <Text role="status" fw={650}>
              {isAll ? t("till.change", { amount: money(taken.change) }) : " "}
            </Text>
          </>
        )}
        <TextInput
          label={t("till.receiptTo")}
          type="email"
          name="receipt"
          autoComplete="off"
          value={email}
          error={isEmail ? null : t("till.noEmail")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {sell.isError && <Failure error={sell.error} />}
        <Button
          size="xl"
          loading={sell.isPending}
          disabled={taken === null || !isEmail || (!isAll && paid.length >= MOST_TENDERS - 1)}
          onClick={take}
        >
          {taken === null || isAll ? t(DONE[method]) : t("till.takePart", { amount: money(amount) })}
        </Button>
      </Stack>
    </Modal>
  );
}

interface PaidProps {
  readonly paid: readonly Tender[];
  readonly money: (amount: number) => string;
  readonly onDrop: (at: number) => void;
}

function Paid({ paid, money, onDrop }: PaidProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4} data-testid="tenders">
      {paid.map(({ method, amount }, i) => (
        <Group
          // biome-ignore lint/suspicious/noArrayIndexKey: what was paid stays in its order
          key={i}
          justify="space-between"
          wrap="nowrap"
        >
          <Text>{t(`till.${method}`)}</Text>
          <Group gap="xs" wrap="nowrap">
            <Text fw={650}>{money(amount)}</Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("till.dropTender", { method: t(`till.${method}`) })}
              onClick={() => onDrop(i)}
            >
              <IconX />
            </ActionIcon>
          </Group>
        </Group>
      ))}
    </Stack>
  );
}

const STEPS = [100, 1_000, 5_000, 10_000];

/** What a customer is likely to hand over: the exact sum, and the next round ones. */
function notesFor(amount: number): number[] {
  const round = STEPS.map((step) => Math.ceil(amount / step) * step);
  return [...new Set([amount, ...round])].slice(0, 4);
}
