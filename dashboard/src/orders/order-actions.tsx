import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import type { Order } from "./queries.ts";

const route = getRouteApi("/orders/$id");

/** What may be done with the whole order; cancelling is asked about, for it cannot be taken back. */
export function OrderActions({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: "cancel" | "mail" | undefined) => void navigate({ search: next ? { action: next } : {} });
  const hasLeft = order.fulfilment.state === "fulfilled" || order.state === "cancelled";
  const isPaid = order.payment.state !== "pending" && order.payment.state !== "failed";
  return (
    <>
      {isPaid ? (
        <>
          <Button
            component="a"
            variant="default"
            href={`/v1/orders/${order.id}/receipt.pdf?language=${i18n.language}`}
            target="_blank"
            rel="noreferrer"
          >
            {t("orderBook.receipt")}
          </Button>
          <Button variant="default" onClick={() => open("mail")}>
            {t("orderBook.mail")}
          </Button>
        </>
      ) : null}
      {hasLeft ? null : (
        <Button variant="default" onClick={() => open("cancel")}>
          {t("orderBook.cancel")}
        </Button>
      )}
      <Modal
        opened={action === "cancel"}
        onClose={() => open(undefined)}
        title={t("orderBook.cancel")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Cancel order={order} onClose={() => open(undefined)} />
      </Modal>
      <Modal
        opened={action === "mail"}
        onClose={() => open(undefined)}
        title={t("orderBook.mail")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Mail order={order} onClose={() => open(undefined)} />
      </Modal>
    </>
  );
}

interface DialogProps {
  readonly order: Order;
  readonly onClose: () => void;
}

function Cancel({ order, onClose }: DialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => call("POST", `/v1/orders/${order.id}/cancel`, {}),
    async onSuccess() {
      onClose();
      announce(t("orderBook.cancelled", { number: order.number }));
      await client.invalidateQueries({ queryKey: ["orders"] });
    },
  });
  const amount = { ...order.total, amount: order.total.amount - order.refunded.amount };
  return (
    <Stack>
      <Text size="sm">{t("orderBook.cancelText", { amount: format.money(amount) })}</Text>
      {cancel.isError ? <ErrorNotice error={cancel.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("orderBook.keep")}
        </Button>
        <Button color="kilim" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t("orderBook.cancelNow")}
        </Button>
      </Group>
    </Stack>
  );
}

function Mail({ order, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(order.email ?? "");
  const send = useMutation({
    mutationFn: () => call("POST", `/v1/orders/${order.id}/receipt`, { email: email.trim() }),
    onSuccess() {
      onClose();
      announce(t("orderBook.mailed"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack>
        <TextInput
          type="email"
          label={t("orderBook.email")}
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {send.isError ? <ErrorNotice error={send.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending}>
            {t("orderBook.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
