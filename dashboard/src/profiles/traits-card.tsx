import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import type { Json, ProfileView } from "./wire.ts";

const SHOWN = 8;

export function TraitsCard({ traits }: { readonly traits: ProfileView["traits"] }) {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(false);
  const entries = Object.entries(traits).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Card title={t("profile.traits")}>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("profile.noTraits")}
        </Text>
      ) : null}
      <Stack gap={6} component="dl" m={0}>
        {(isOpen ? entries : entries.slice(0, SHOWN)).map(([name, value]) => (
          <Group key={name} justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text component="dt" size="sm" c="dimmed" style={{ flexShrink: 0 }}>
              {humanise(name)}
            </Text>
            <Text component="dd" m={0} size="sm" ta="right" style={{ overflowWrap: "anywhere" }}>
              {shown(value)}
            </Text>
          </Group>
        ))}
      </Stack>
      {entries.length > SHOWN ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={toggle}>
          {isOpen ? t("action.less") : t("action.all", { count: entries.length })}
        </Button>
      ) : null}
    </Card>
  );
}

function shown(value: Json): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}
