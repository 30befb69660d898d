import { formatMoney, type Money, minorDigits } from "@kilim/sdk";
import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { storesQuery } from "../products/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { makeSale } from "./make-sale.ts";
import type { Sale } from "./sale.ts";
import type { Ticket } from "./ticket.ts";

interface PaymentProps {
  readonly ticket: Ticket;
  readonly total: Money;
  readonly storeId: string;
  readonly customerId: string | null;
  readonly onSold: (sale: Sale) => void;
  readonly onClose: () => void;
}

type Method = "card" | "cash";

export function Payment({ ticket, total, storeId, customerId, onSold, onClose }: PaymentProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [method, setMethod] = useState<Method>("card");
  const [given, setGiven] = useState<number | null>(null);
  const digits = minorDigits(total.currency);
  const received = method === "cash" ? Math.round((given ?? 0) * 10 ** digits) : null;
  const store = useQuery(storesQuery).data?.items.find((item) => item.id === storeId);
  const [email, setEmail] = useState("");
  const isEmail = email.trim() === "" || /^\S+@\S+\.\S+$/.test(email.trim());
  const change = received === null ? 0 : received - total.amount;

  const sell = useMutation({
    // The browser's own answer to "is there a network" is no reason to wait: a sale is written down first.
    networkMode: "always",
    mutationFn: () =>
      makeSale({
        ticket,
        total,
        store: { id: storeId, timezone: store?.timezone ?? "UTC" },
        customerId,
        method,
        email: email.trim() === "" ? null : email.trim(),
        language: i18n.language as "en" | "tr" | "id",
        received,
      }),
    onSuccess(sale) {
      onSold(sale);
      for (const key of ["availability", "profile", "cart", "orders", "timeline"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
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
          {formatMoney(total, i18n.language)}
        </Text>
        <SegmentedControl
          size="lg"
          fullWidth
          value={method}
          onChange={(value) => setMethod(value as Method)}
          data={[
            { value: "card", label: t("till.card") },
            { value: "cash", label: t("till.cash") },
          ]}
        />
        {method === "cash" && (
          <>
            <NumberInput
              label={t("till.received")}
              value={given ?? ""}
              onChange={(value) => setGiven(typeof value === "number" ? value : null)}
              min={0}
              decimalScale={digits}
              hideControls
              inputMode="decimal"
              data-autofocus
            />
            <Group grow gap="xs">
              {notesFor(total.amount).map((amount) => (
                <Button key={amount} variant="default" px={4} onClick={() => setGiven(amount / 10 ** digits)}>
                  {formatMoney({ ...total, amount }, i18n.language, true)}
                </Button>
              ))}
            </Group>
            <Text role="status" fw={650}>
              {change >= 0
                ? t("till.change", { amount: formatMoney({ ...total, amount: change }, i18n.language) })
                : " "}
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
        <Button size="xl" loading={sell.isPending} disabled={change < 0 || !isEmail} onClick={() => sell.mutate()}>
          {method === "card" ? t("till.cardDone") : t("till.cashDone")}
        </Button>
      </Stack>
    </Modal>
  );
}

const STEPS = [100, 1_000, 5_000, 10_000];

/** What a customer is likely to hand over: the exact sum, and the next round ones. */
function notesFor(amount: number): number[] {
  const round = STEPS.map((step) => Math.ceil(amount / step) * step);
  return [...new Set([amount, ...round])].slice(0, 4);
}
