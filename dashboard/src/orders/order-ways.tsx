import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { translated } from "../catalog/translated.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import type { Fulfilment, Order } from "./queries.ts";

/** How the goods get there, place by place, and the next step of each. */
export function OrderWays({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  return (
    <Card title={t("orderBook.ways")}>
      {order.fulfilments.map((one) => (
        <Way key={one.id} one={one} order={order} />
      ))}
    </Card>
  );
}

function Way({ one, order }: { readonly one: Fulfilment; readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const pieces = one.lines.map(({ position, quantity }) => {
    const line = order.lines.find((each) => each.position === position);
    return `${quantity} × ${line ? translated(line.titles, i18n.language, line.title) : ""}`;
  });
  return (
    <Stack gap={6} data-testid="way">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t(`orderBook.kinds.${one.kind}`)}
        </Text>
        <Status value={one.state}>{t(`orderBook.steps.${one.state}`)}</Status>
      </Group>
      <Text size="xs" c="dimmed">
        {pieces.join(", ")}
      </Text>
      <Group gap="xs">
        {one.promised_at && one.state !== "ready" ? (
          <Text size="xs" component="span">
            {t("orderBook.promised")} <When at={one.promised_at} size="xs" />
          </Text>
        ) : null}
        {one.expires_at && one.state === "ready" ? (
          <Text size="xs" component="span">
            {t("orderBook.until")} <When at={one.expires_at} size="xs" />
          </Text>
        ) : null}
        {one.tracking ? (
          <Text size="xs">
            {[one.tracking.carrier, one.tracking.number, one.tracking.state].filter(Boolean).join(" · ")}
          </Text>
        ) : null}
      </Group>
      <NextStep one={one} />
    </Stack>
  );
}

function NextStep({ one }: { readonly one: Fulfilment }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [carrier, setCarrier] = useState("");
  const [parcel, setParcel] = useState("");
  const step = useMutation({
    mutationFn: ({ name, body }: { name: string; body: object }) =>
      call("POST", `/v1/fulfilments/${one.id}/${name}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["orders"] }),
  });
  const isParcel = one.kind === "delivery";
  return (
    <Stack gap="xs">
      {step.isError ? <ErrorNotice error={step.error} /> : null}
      {one.state === "assigned" ? (
        <Button
          size="xs"
          variant="default"
          w="max-content"
          loading={step.isPending}
          onClick={() => step.mutate({ name: "accept", body: {} })}
        >
          {t("orderBook.accept")}
        </Button>
      ) : null}
      {one.state === "accepted" && !isParcel ? (
        <Button
          size="xs"
          variant="default"
          w="max-content"
          loading={step.isPending}
          onClick={() => step.mutate({ name: "ready", body: {} })}
        >
          {t("orderBook.makeReady")}
        </Button>
      ) : null}
      {one.state === "accepted" && isParcel ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const number = parcel.trim();
            step.mutate({
              name: "ship",
              body: { carrier: carrier.trim(), ...(number ? { tracking_number: number } : {}) },
            });
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              size="xs"
              label={t("orderBook.carrier")}
              required
              maxLength={60}
              value={carrier}
              onChange={(event) => setCarrier(event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              label={t("orderBook.parcel")}
              maxLength={100}
              value={parcel}
              onChange={(event) => setParcel(event.currentTarget.value)}
            />
            <Button size="xs" type="submit" loading={step.isPending}>
              {t("orderBook.ship")}
            </Button>
          </Group>
        </form>
      ) : null}
    </Stack>
  );
}
