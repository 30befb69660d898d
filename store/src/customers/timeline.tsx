import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../shell/failure.tsx";
import { timelineQuery } from "./queries.ts";
import { subjectOf } from "./subject-of.ts";

/** What every page does; between them an associate would not find what matters. */
const NOISE = new Set(["page", "screen", "identify"]);
const SHOWN = 25;

/** What she did lately, on every channel, newest first; live. */
export function Timeline({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation();
  const timeline = useQuery(timelineQuery(id));
  if (timeline.isError) return <Failure error={timeline.error} retry={timeline.refetch} />;
  const items = timeline.data?.items.filter((item) => !NOISE.has(item.type)).slice(0, SHOWN);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Card data-testid="timeline">
      <Stack gap="sm">
        <Title order={3}>{t("customer.timeline")}</Title>
        {items?.map((item) => (
          <Group key={item.message_id} wrap="nowrap" align="flex-start" justify="space-between">
            <div>
              <Text lh={1.3}>
                {t(`event.${item.event}`, { defaultValue: item.event, nsSeparator: false, keySeparator: "." })}
                {subjectOf(item) && (
                  <Text span c="dimmed">
                    {" "}
                    {subjectOf(item)}
                  </Text>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                {time.format(new Date(item.timestamp))}
              </Text>
            </div>
            <Badge color="gray" flex="none">
              {t(`channel.${item.channel}`, { defaultValue: item.channel })}
            </Badge>
          </Group>
        ))}
        {items?.length === 0 && <Text c="dimmed">{t("customer.noTimeline")}</Text>}
      </Stack>
    </Card>
  );
}
