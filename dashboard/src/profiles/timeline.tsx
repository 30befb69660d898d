import {
  Box,
  Button,
  Center,
  Chip,
  Group,
  Paper,
  ScrollArea,
  Select,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Fragment, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { TimelineRow } from "./timeline-row.tsx";
import { useTimeline } from "./use-timeline.ts";

const route = getRouteApi("/people/$id");

/** So many events fill a screen; a filter goes on loading until it has found them, or has looked at the most. */
const ENOUGH = 25;
const MOST_LOOKED_AT = 1_000;

/** Everything the person did and was sent, over all channels, growing live. */
export function Timeline({ id, channels }: { readonly id: string; readonly channels: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { channel, event: name } = route.useSearch();
  const { timeline, events, isFresh, more } = useTimeline(id);
  const wanted = channel?.split(",") ?? [];
  const shown = events.filter(
    (event) => (wanted.length === 0 || wanted.includes(event.channel)) && (name === undefined || event.event === name),
  );
  const isFiltered = wanted.length > 0 || name !== undefined;
  useLoadUntil(isFiltered && shown.length < ENOUGH && timeline.data !== undefined, events.length, timeline, more);
  const names = [...new Set(events.map((event) => event.event))].sort();

  return (
    <Paper component="section" p="md" aria-label={t("profile.timeline")}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Group gap="xs">
          <Title order={2} size="h3">
            {t("profile.timeline")}
          </Title>
          <LiveDot />
        </Group>
        <Filters channels={channels} wanted={wanted} names={names} name={name} />
      </Group>
      {timeline.isError && events.length === 0 ? (
        <ErrorNotice error={timeline.error} retry={() => void timeline.refetch()} />
      ) : null}
      {timeline.isPending ? <TimelineSkeleton /> : null}
      {timeline.data && shown.length === 0 ? (
        <EmptyNotice title={t("profile.noEvents")}>
          {events.length > 0 ? t("profile.noEventsFilter") : t("profile.noEventsText")}
        </EmptyNotice>
      ) : null}
      <Stack
        gap={0}
        component="ol"
        m={0}
        p={0}
        style={{ listStyle: "none" }}
        aria-live="polite"
        aria-relevant="additions"
      >
        {shown.map((event, index) => {
          const day = format.day(event.timestamp);
          const isNewDay = index === 0 || day !== format.day(shown[index - 1]?.timestamp ?? "");
          return (
            <Fragment key={event.message_id}>
              {isNewDay ? (
                <Text component="li" size="xs" fw={600} c="dimmed" pt={index === 0 ? 0 : "md"} pb={4}>
                  {day}
                </Text>
              ) : null}
              <TimelineRow event={event} isFresh={isFresh(event)} />
            </Fragment>
          );
        })}
      </Stack>
      {timeline.hasNextPage ? (
        <Center pt="sm">
          <Button variant="default" size="xs" loading={timeline.isFetchingNextPage} onClick={() => void more()}>
            {t("profile.older")}
          </Button>
        </Center>
      ) : null}
    </Paper>
  );
}

/** The api knows no filter: what is looked for may stand on a page that is not loaded yet. */
function useLoadUntil(
  isWanting: boolean,
  loaded: number,
  timeline: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean },
  more: () => Promise<void>,
): void {
  const isNext = isWanting && timeline.hasNextPage && !timeline.isFetchingNextPage && loaded < MOST_LOOKED_AT;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `more` is new on each render; `loaded` tells a page came in
  useEffect(() => {
    if (isNext) void more();
  }, [isNext, loaded]);
}

interface FiltersProps {
  readonly channels: readonly string[];
  readonly wanted: readonly string[];
  readonly names: readonly string[];
  readonly name: string | undefined;
}

function Filters({ channels, wanted, names, name }: FiltersProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = route.useNavigate();
  return (
    <Group gap="xs" wrap="wrap">
      <ScrollArea type="never">
        <Chip.Group
          multiple
          value={[...wanted]}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, channel: value.join(",") || undefined }), replace: true })
          }
        >
          <Group gap={4} wrap="wrap">
            {channels.map((channel) => (
              <Chip key={channel} value={channel} size="xs" variant="light">
                {label("channel", channel)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </ScrollArea>
      <Select
        size="xs"
        w={180}
        clearable
        searchable
        aria-label={t("profile.filterEvent")}
        placeholder={t("profile.allEvents")}
        data={names.map((value) => ({ value, label: label("event", value) }))}
        value={name ?? null}
        onChange={(value) => void navigate({ search: (now) => ({ ...now, event: value ?? undefined }), replace: true })}
      />
    </Group>
  );
}

function LiveDot() {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      <Box w={7} h={7} bg="teal" style={{ borderRadius: "50%" }} aria-hidden />
      <Text size="xs" c="dimmed">
        {t("profile.live")}
      </Text>
    </Group>
  );
}

function TimelineSkeleton() {
  return (
    <Stack className="kilim-late">
      {[1, 2, 3, 4, 5, 6, 7, 8].map((line) => (
        <Skeleton key={line} height={32} />
      ))}
    </Stack>
  );
}
