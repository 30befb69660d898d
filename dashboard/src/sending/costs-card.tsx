import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ReachSettings, ReachSettingsView } from "../../../server/src/reach/contracts.ts";
import { call } from "../api/http.ts";
import { minorDigits } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { CHANNELS, reachSettingsQuery } from "./queries.ts";

/** What a message costs on each channel, weighed where a journey leaves the channel open. */
export function CostsCard() {
  const { t } = useTranslation();
  const settings = useQuery(reachSettingsQuery);
  return (
    <Card title={t("sending.costs")}>
      <Text size="sm" c="dimmed">
        {t("sending.costsText")}
      </Text>
      <QueryView query={settings} height={320}>
        {(view) => <Costs key={view.updated_at} view={view} />}
      </QueryView>
    </Card>
  );
}

function Costs({ view }: { readonly view: ReachSettingsView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const { changed_by, updated_at, ...saved } = view;
  const [settings, setSettings] = useState<ReachSettings>(saved);
  const save = useMutation({
    mutationFn: () => call<ReachSettingsView>("PUT", "/v1/reach-settings", settings),
    onSuccess: (data) => {
      client.setQueryData(reachSettingsQuery.queryKey, data);
      announce(t("settings.saved"));
    },
  });
  const of = (channel: string): ReachSettings["channels"][string] =>
    settings.channels[channel] ?? { cost: 0, used: true };
  const currencyOf = (channel: string) => of(channel).currency ?? settings.currency;
  const foreign = [...new Set(CHANNELS.filter((channel) => of(channel).cost > 0).map(currencyOf))].filter(
    (currency) => currency !== settings.currency && currency.length === CODE,
  );
  const change = (channel: string, part: Partial<ReachSettings["channels"][string]>) =>
    setSettings({ ...settings, channels: { ...settings.channels, [channel]: { ...of(channel), ...part } } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        {CHANNELS.map((channel) => (
          <Group key={channel} justify="space-between" gap="sm" wrap="nowrap">
            <Switch
              checked={of(channel).used}
              onChange={(event) => change(channel, { used: event.currentTarget.checked })}
              label={label("channel", channel)}
            />
            <Group gap={4} wrap="nowrap">
              <NumberInput
                w={100}
                min={0}
                decimalScale={5}
                aria-label={t("sending.costOf", { channel: label("channel", channel) })}
                value={of(channel).cost / unitOf(currencyOf(channel))}
                onChange={(value) => change(channel, { cost: (Number(value) || 0) * unitOf(currencyOf(channel)) })}
              />
              <CurrencyInput
                label={t("sending.currencyOf", { channel: label("channel", channel) })}
                value={currencyOf(channel)}
                onChange={(currency) =>
                  change(channel, {
                    currency,
                    cost: (of(channel).cost / unitOf(currencyOf(channel))) * unitOf(currency),
                  })
                }
              />
            </Group>
          </Group>
        ))}
        <Group align="end" gap={4} wrap="nowrap">
          <NumberInput
            flex={1}
            label={t("sending.purchaseWorth")}
            description={t("sending.purchaseWorthText")}
            min={0}
            decimalScale={2}
            value={settings.worth / unitOf(settings.currency)}
            onChange={(value) => setSettings({ ...settings, worth: (Number(value) || 0) * unitOf(settings.currency) })}
          />
          <CurrencyInput
            label={t("sending.worthCurrency")}
            value={settings.currency}
            onChange={(currency) =>
              setSettings({
                ...settings,
                currency,
                worth: (settings.worth / unitOf(settings.currency)) * unitOf(currency),
              })
            }
          />
        </Group>
        {foreign.map((currency) => (
          <NumberInput
            key={currency}
            label={t("sending.rate", { currency, own: settings.currency })}
            description={t("sending.rateText")}
            min={0}
            decimalScale={6}
            required
            value={settings.rates[currency] ?? ""}
            onChange={(value) => {
              const { [currency]: _, ...others } = settings.rates;
              const rate = Number(value) || 0;
              setSettings({ ...settings, rates: rate > 0 ? { ...others, [currency]: rate } : others });
            }}
          />
        ))}
        {save.isError ? <ErrorNotice error={save.error} /> : null}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Letters of an ISO 4217 code; while one is being typed it is no currency yet. */
const CODE = 3;

/** Minor units, or parts of one, are what is kept. */
function unitOf(currency: string): number {
  return 10 ** (currency.length === CODE ? minorDigits(currency) : 2);
}

interface CurrencyProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (currency: string) => void;
}

function CurrencyInput({ label, value, onChange }: CurrencyProps) {
  return (
    <TextInput
      w={64}
      aria-label={label}
      maxLength={CODE}
      required
      pattern="[A-Z]{3}"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.toUpperCase().replace(/[^A-Z]/g, ""))}
    />
  );
}
