import { Box, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../../server/src/insight/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { ChannelIcon } from "../parts/channel.tsx";
import { TextLink } from "../parts/link.tsx";
import { When } from "../parts/when.tsx";

/** What has happened just now, anywhere. */
export function RecentCard({ recent }: Pick<Overview, "recent">) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Card title={t("home.recent")}>
      {recent.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("home.nothingYet")}
        </Text>
      ) : null}
      <Stack gap="sm">
        {recent.map((event) => (
          <Group key={event.message_id} gap="xs" wrap="nowrap" align="flex-start">
            <Box pt={2}>
              <ChannelIcon channel={event.channel} />
            </Box>
            <Box miw={0} flex={1}>
              {event.profile_id ? (
                <TextLink
                  to="/people/$id"
                  params={{ id: event.profile_id }}
                  size="sm"
                  fw={550}
                  c="var(--mantine-color-text)"
                  truncate
                  display="block"
                >
                  {event.profile_name ?? t("people.visitor", { id: event.profile_id.slice(-6) })}
                </TextLink>
              ) : null}
              <Text size="sm" c="dimmed" truncate>
                {label("event", event.event)}
              </Text>
            </Box>
            <When at={event.timestamp} size="xs" c="dimmed" />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
