import { Button, Group, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import { When } from "../parts/when.tsx";
import { WhyDrawer } from "../segments/insight/why-drawer.tsx";
import type { ProfileView } from "./wire.ts";

const route = getRouteApi("/people/$id");

export function SegmentsCard({ id, segments }: Pick<ProfileView, "id" | "segments">) {
  const { t } = useTranslation();
  const { why } = route.useSearch();
  const navigate = route.useNavigate();
  const ask = (segment: string | undefined) => void navigate({ search: (now) => ({ ...now, why: segment }) });
  return (
    <Card
      title={t("nav.segments")}
      aside={
        <Button size="compact-xs" variant="default" onClick={() => ask("choose")}>
          {t("segmentPage.whyNot")}
        </Button>
      }
    >
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
            <Group gap="xs" wrap="nowrap">
              <When at={segment.entered_at} size="xs" c="dimmed" />
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`${t("segmentPage.explain")} ${segment.name}`}
                onClick={() => ask(segment.id)}
              >
                {t("segmentPage.explain")}
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
      <WhyDrawer person={id} segment={why} onChoose={ask} />
    </Card>
  );
}
