import { Divider, Group, Paper, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { humanise } from "../i18n/label.ts";
import { PersonAvatar } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { nameOf } from "../profiles/name-of.ts";
import type { ProfileView } from "../profiles/wire.ts";

interface PersonSummaryProps {
  readonly profile: ProfileView;
  readonly other: ProfileView;
}

const MOST_LINES = 8;

/** One of two who may be the same: what tells them apart first. */
export function PersonSummary({ profile, other }: PersonSummaryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = nameOf(profile);
  const { computed } = profile;
  const traits = Object.entries(profile.traits)
    .filter(([, value]) => typeof value !== "object")
    .map(([key, value]) => ({ key, value: String(value), differs: other.traits[key] !== value }))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
  return (
    <Paper p="sm" withBorder>
      <Stack gap="xs">
        <Radio
          value={profile.id}
          label={
            <Group gap="xs" wrap="nowrap">
              <PersonAvatar id={profile.id} name={name} size={24} />
              <Text fw={600} size="sm" style={{ overflowWrap: "anywhere" }}>
                {name ?? t("people.visitor", { id: profile.id.slice(-6) })}
              </Text>
            </Group>
          }
        />
        <Divider />
        {profile.identifiers.slice(0, MOST_LINES).map(({ type, value }) => (
          <Line
            key={`${type}:${value}`}
            label={type === "anonymous_id" ? t("profile.device") : humanise(type)}
            value={type === "anonymous_id" ? `…${value.slice(-8)}` : value}
          />
        ))}
        <Divider />
        {traits.slice(0, MOST_LINES).map(({ key, value, differs }) => (
          <Line key={key} label={humanise(key)} value={value} strong={differs} />
        ))}
        <Divider />
        <Line label={t("profile.orders")} value={String(computed.orders)} />
        {computed.currency ? (
          <Line
            label={t("profile.revenue")}
            value={format.money({ amount: computed.revenue, currency: computed.currency })}
          />
        ) : null}
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {t("people.lastSeen")}
          </Text>
          <When at={profile.last_seen} size="xs" />
        </Group>
      </Stack>
    </Paper>
  );
}

function Line({ label, value, strong }: { readonly label: string; readonly value: string; readonly strong?: boolean }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="xs" ta="right" fw={strong ? 600 : 400} style={{ overflowWrap: "anywhere" }}>
        {value}
      </Text>
    </Group>
  );
}
