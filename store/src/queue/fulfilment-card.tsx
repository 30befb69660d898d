import { Badge, Button, Card, Group, Menu, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { makeReady, type QueuedFulfilment, ship } from "../orders/queries.ts";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";

const REASONS = ["missing", "damaged", "no_capacity", "other"] as const;

interface FulfilmentCardProps {
  readonly one: QueuedFulfilment;
  readonly onAccept: () => void;
  readonly onReject: (reason: string) => void;
  readonly onChanged: () => void;
}

export function FulfilmentCard({ one, onAccept, onReject, onChanged }: FulfilmentCardProps) {
  const { t } = useTranslation();
  return (
    <Card data-testid="queued">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Link to="/orders/$id" params={{ id: one.order_id }} style={{ color: "inherit" }}>
            <Text span fw={700}>
              {one.order_number}
            </Text>
          </Link>
          <Badge variant="filled" color="gray" autoContrast>
            {t(`queue.kind.${one.kind}`)}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed">
          <When one={one} />
        </Text>
        {one.lines.map((line) => (
          <ItemRow key={line.position} item={line} />
        ))}
        {one.state === "assigned" && (
          <Group grow preventGrowOverflow={false}>
            <Button onClick={onAccept}>{t("queue.accept")}</Button>
            <Reject onReject={onReject} />
          </Group>
        )}
        {one.state === "accepted" && one.kind !== "delivery" && (
          <Ready id={one.id} isLocker={one.kind === "locker"} onDone={onChanged} />
        )}
        {one.state === "accepted" && one.kind === "delivery" && <Ship id={one.id} onDone={onChanged} />}
        {one.state === "accepted" && <Reject onReject={onReject} />}
        {one.state === "ready" && one.compartment && <Text>{t("order.lies", { place: one.compartment })}</Text>}
      </Stack>
    </Card>
  );
}

function When({ one }: { readonly one: QueuedFulfilment }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "short" });
  const at = one.state === "ready" ? one.expires_at : one.promised_at;
  const said = at && t(one.state === "ready" ? "queue.until" : "queue.promised", { time: time.format(new Date(at)) });
  return [one.collector?.name ?? one.profile_name, said].filter(Boolean).join(" · ");
}

function Reject({ onReject }: { readonly onReject: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button variant="default">{t("queue.reject")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {REASONS.map((reason) => (
          <Menu.Item key={reason} onClick={() => onReject(reason)}>
            {t(`queue.reason.${reason}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ReadyProps {
  readonly id: string;
  /** Nobody finds it there without its compartment. */
  readonly isLocker: boolean;
  readonly onDone: () => void;
}

function Ready({ id, isLocker, onDone }: ReadyProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState("");
  const ready = useMutation({ mutationFn: () => makeReady(id, place.trim()), onSuccess: onDone });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ready.mutate();
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          flex={1}
          miw={160}
          label={t(isLocker ? "queue.compartment" : "queue.place")}
          required={isLocker}
          maxLength={60}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <Button type="submit" loading={ready.isPending}>
          {t("queue.isReady")}
        </Button>
      </Group>
      {ready.isError && <Failure error={ready.error} />}
    </form>
  );
}

function Ship({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [carrier, setCarrier] = useState("");
  const [number, setNumber] = useState("");
  const leave = useMutation({ mutationFn: () => ship(id, carrier.trim(), number.trim()), onSuccess: onDone });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        leave.mutate();
      }}
    >
      <Stack gap="xs">
        <Group grow gap="xs">
          <TextInput
            label={t("queue.carrier")}
            required
            maxLength={60}
            value={carrier}
            onChange={(event) => setCarrier(event.currentTarget.value)}
          />
          <TextInput
            label={t("queue.number")}
            maxLength={100}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </Group>
        <Button type="submit" loading={leave.isPending}>
          {t("queue.shipped")}
        </Button>
      </Stack>
      {leave.isError && <Failure error={leave.error} />}
    </form>
  );
}
