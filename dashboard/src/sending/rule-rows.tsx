import { ActionIcon, Chip, Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Cap, QuietHours, SendingWindow } from "../../../server/src/consent/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { CHANNELS } from "./queries.ts";

interface RowProps<T> {
  readonly value: T;
  onChange(value: T): void;
  onRemove(): void;
}

const PERIODS = ["PT12H", "P1D", "P7D", "P14D", "P30D"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** So many messages in so much time, over one channel or all. */
export function CapRow({ value, onChange, onRemove }: RowProps<Cap>) {
  const { t } = useTranslation();
  const label = useLabel();
  const period = (per: string) => {
    const [, hours, days] = /^PT(\d+)H$|^P(\d+)D$/.exec(per) ?? [];
    return hours ? t("sending.hours", { count: Number(hours) }) : t("sending.days", { count: Number(days) });
  };
  return (
    <Row onRemove={onRemove}>
      <NumberInput
        w={84}
        min={1}
        max={1000}
        aria-label={t("sending.messages")}
        value={value.messages}
        onChange={(messages) => onChange({ ...value, messages: Number(messages) || 1 })}
      />
      <Text size="sm">{t("sending.per")}</Text>
      <Select
        w={130}
        allowDeselect={false}
        aria-label={t("sending.per")}
        data={[...new Set([...PERIODS, value.per])].map((per) => ({ value: per, label: period(per) }))}
        value={value.per}
        onChange={(per) => onChange({ ...value, per: per ?? value.per })}
      />
      <Select
        w={200}
        allowDeselect={false}
        aria-label={t("sending.channels")}
        data={[
          { value: "", label: t("sending.anyChannel") },
          ...CHANNELS.map((channel) => ({ value: channel, label: label("channel", channel) })),
        ]}
        value={value.channel ?? ""}
        onChange={(channel) => onChange({ ...value, channel: channel || null })}
      />
    </Row>
  );
}

export function QuietRow({ value, onChange, onRemove }: RowProps<QuietHours>) {
  return (
    <Row onRemove={onRemove}>
      <Times value={value} onChange={(times) => onChange({ ...value, ...times })} />
      <Channels value={value.channels} onChange={(channels) => onChange({ ...value, channels })} />
    </Row>
  );
}

export function WindowRow({ value, onChange, onRemove }: RowProps<SendingWindow>) {
  const { t } = useTranslation();
  return (
    <Stack gap={6}>
      <Row onRemove={onRemove}>
        <Times value={value} onChange={(times) => onChange({ ...value, ...times })} />
        <Channels value={value.channels} onChange={(channels) => onChange({ ...value, channels })} />
      </Row>
      <Chip.Group
        multiple
        value={[...value.days]}
        onChange={(chosen) => onChange({ ...value, days: DAYS.filter((day) => chosen.includes(day)) })}
      >
        <Group gap={4} role="group" aria-label={t("sending.weekdays")}>
          {DAYS.map((day) => (
            <Chip key={day} value={day} size="xs">
              {t(`sending.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Stack>
  );
}

function Times<T extends { readonly from: string; readonly to: string }>({
  value,
  onChange,
}: {
  readonly value: T;
  onChange(times: { from: string; to: string }): void;
}) {
  const { t } = useTranslation();
  const { from, to } = value;
  return (
    <>
      <TextInput
        type="time"
        w={136}
        aria-label={t("sending.from")}
        value={from}
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      <Text size="sm">–</Text>
      <TextInput
        type="time"
        w={136}
        aria-label={t("sending.to")}
        value={to}
        onChange={(event) => onChange({ from, to: event.currentTarget.value })}
      />
    </>
  );
}

interface ChannelsProps {
  readonly value: string[];
  /** Offered beside those on which people are written to. */
  readonly also?: readonly string[];
  onChange(channels: string[]): void;
}

export function Channels({ value, also = [], onChange }: ChannelsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <MultiSelect
      flex="1 1 220px"
      aria-label={t("sending.channels")}
      placeholder={value.length === 0 ? t("sending.allChannels") : ""}
      data={[...new Set([...CHANNELS, ...also, ...value])].map((channel) => ({
        value: channel,
        label: label("channel", channel),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

function Row({ children, onRemove }: { readonly children: ReactNode; onRemove(): void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" align="center">
      {children}
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("sending.remove")} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
