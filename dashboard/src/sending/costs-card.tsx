import { Button, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ReachSettings, ReachSettingsView } from "../../../server/src/reach/contracts.ts";
import { call } from "../api/http.ts";
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
  const of = (channel: string) => settings.channels[channel] ?? { cost: 0, used: true };
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
            <NumberInput
              w={140}
              min={0}
              decimalScale={2}
              aria-label={t("sending.costOf", { channel: label("channel", channel) })}
              value={of(channel).cost / MINOR}
              onChange={(value) => change(channel, { cost: (Number(value) || 0) * MINOR })}
            />
          </Group>
        ))}
        <NumberInput
          label={t("sending.purchaseWorth")}
          description={t("sending.purchaseWorthText")}
          min={0}
          decimalScale={2}
          value={settings.worth / MINOR}
          onChange={(value) => setSettings({ ...settings, worth: (Number(value) || 0) * MINOR })}
        />
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

/** The settings are in minor units; all of them in one currency, so that what counts is how they stand to each other. */
const MINOR = 100;
