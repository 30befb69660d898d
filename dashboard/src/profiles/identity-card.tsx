import { Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { humanise, useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { When } from "../parts/when.tsx";
import type { Identifier, ProfileView } from "./wire.ts";

/** What tells this person from others: proven identifiers first, devices last. */
export function IdentityCard({ profile }: { readonly profile: ProfileView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const weight = (identifier: Identifier) =>
    (identifier.verified ? 0 : 2) + (identifier.type === "anonymous_id" ? 1 : 0);
  const sorted = [...profile.identifiers].sort((a, b) => weight(a) - weight(b));
  return (
    <Card title={t("profile.identity")}>
      <Stack gap="xs">
        {sorted.map((identifier) => (
          <div key={`${identifier.type}:${identifier.value}`}>
            <Group gap={6} justify="space-between">
              <Group gap={4}>
                <Text size="xs" c="dimmed">
                  {identifier.type === "anonymous_id" ? t("profile.device") : humanise(identifier.type)}
                </Text>
                {identifier.verified ? (
                  <Tooltip label={t("profile.verified")}>
                    <IconRosetteDiscountCheck
                      size={15}
                      color="var(--mantine-color-teal-text)"
                      role="img"
                      aria-label={t("profile.verified")}
                    />
                  </Tooltip>
                ) : null}
              </Group>
              <When at={identifier.last_seen} size="xs" c="dimmed" />
            </Group>
            <Copyable
              value={identifier.value}
              shown={identifier.type === "anonymous_id" ? `…${identifier.value.slice(-10)}` : identifier.value}
            />
            <Text size="xs" c="dimmed">
              {[
                identifier.channel === ""
                  ? null
                  : t("identity.from", { channel: label("channel", identifier.channel) }),
                identifier.bridging ? t(`identity.bridging.${identifier.bridging}`) : null,
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          </div>
        ))}
        <div>
          <Text size="xs" c="dimmed">
            {t("profile.id")}
          </Text>
          <Copyable value={profile.id} shown={`…${profile.id.slice(-10)}`} />
        </div>
      </Stack>
    </Card>
  );
}
