import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { When } from "../parts/when.tsx";
import type { ProfileView } from "./wire.ts";

export function SegmentsCard({ segments }: { readonly segments: ProfileView["segments"] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("nav.segments")}>
      {segments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("profile.noSegments")}
        </Text>
      ) : null}
      <Stack gap={6}>
        {segments.map((segment) => (
          <Group key={segment.id} justify="space-between" wrap="nowrap" gap="xs">
            <TextLink to="/segments/$id" params={{ id: segment.id }} size="sm" truncate>
              {segment.name}
            </TextLink>
            <When at={segment.entered_at} size="xs" c="dimmed" />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
