import { Group, MultiSelect, NumberInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { RulesConfig } from "../../../server/src/identity/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";

const CHANNELS = ["store", "kiosk", "phone", "mail", "chat", "voice", "email", "web", "app", "api"] as const;

interface BoundsCardProps {
  readonly rules: RulesConfig;
  readonly onChange: (part: Pick<RulesConfig, "caps"> | Pick<RulesConfig, "typed_channels">) => void;
}

/** How large one person may grow, and whose word counts less. */
export function BoundsCard({ rules: { caps, typed_channels }, onChange }: BoundsCardProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Card title={t("identity.bounds")}>
      <Text size="sm" c="dimmed">
        {t("identity.boundsText")}
      </Text>
      <Group gap="sm">
        <NumberInput
          label={t("identity.merges")}
          w={210}
          min={1}
          max={1000}
          clampBehavior="strict"
          value={caps.merges}
          onChange={(merges) => onChange({ caps: { ...caps, merges: Number(merges) || 1 } })}
        />
        <NumberInput
          label={t("identity.identifiers")}
          w={210}
          min={1}
          max={10_000}
          clampBehavior="strict"
          value={caps.identifiers}
          onChange={(identifiers) => onChange({ caps: { ...caps, identifiers: Number(identifiers) || 1 } })}
        />
      </Group>
      <MultiSelect
        label={t("identity.typed")}
        description={t("identity.typedText")}
        data={[...new Set([...CHANNELS, ...typed_channels])].map((value) => ({
          value,
          label: label("channel", value),
        }))}
        value={[...typed_channels]}
        onChange={(channels) => onChange({ typed_channels: channels })}
      />
    </Card>
  );
}
