import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Stream, StreamItem } from "../../../server/src/debugger/contracts.ts";
import { useLive } from "../api/live.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { useCommands } from "../shell/commands.ts";
import { DoorHealth } from "./door-health.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { useStreamColumns } from "./stream-columns.tsx";
import { StreamFilters } from "./stream-filters.tsx";

const route = getRouteApi("/events");
const KEY = ["events", "stream"];

/** What comes in, newest first, as it comes; stands still while paused or while older pages are read. */
export function StreamTab() {
  const { t } = useTranslation();
  const { outcome, source, type, name, identifier, event } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [isPaused, setPaused] = useState(false);
  const [hasNew, setHasNew] = useState(false);
  const events = usePages<StreamItem>(KEY, "/v1/events", { outcome, source, type, name, identifier });
  const isHeld = isPaused || (events.data?.pages.length ?? 0) > 1;
  const reload = useThrottledCallback(() => void client.invalidateQueries({ queryKey: ["events"] }), 1_000);
  const notice = () => (isHeld ? setHasNew(true) : reload());
  useLive({ topics: ["event"] }, notice, notice);
  const columns = useStreamColumns();
  const isFiltered = [outcome, source, type, name, identifier].some((value) => value !== undefined);
  const isComplete = (events.data?.pages as readonly Stream[] | undefined)?.every((page) => page.is_complete) ?? true;
  const resume = () => {
    setPaused(false);
    setHasNew(false);
    void client.resetQueries({ queryKey: KEY });
  };
  const clear = () => void navigate({ search: {} });
  useCommands([{ id: "events.clear", keys: "escape", group: "here", label: t("command.clear"), run: clear }]);

  return (
    <Stack gap="sm">
      <DoorHealth />
      <StreamFilters />
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" role="status">
          {isHeld ? (hasNew ? t("events.heldNew") : t("events.held")) : t("events.live")}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={isHeld ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
          onClick={() => (isHeld ? resume() : setPaused(true))}
        >
          {isHeld ? t("events.resume") : t("events.pause")}
        </Button>
      </Group>
      {isComplete ? null : <Alert color="orange">{t("events.incomplete")}</Alert>}
      <Paper p="xs">
        <DataTable
          label={t("events.tab.stream")}
          source={events}
          rows={itemsOf(events.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ search: (now) => ({ ...now, event: row.id }) })}
          empty={
            isFiltered ? (
              <EmptyNotice
                title={t("events.noneFound")}
                action={
                  <Button variant="default" onClick={clear}>
                    {t("command.clear")}
                  </Button>
                }
              >
                {t("events.noneFoundText")}
              </EmptyNotice>
            ) : (
              <EmptyNotice
                title={t("events.empty")}
                action={
                  <TextLink to="/settings" search={{ tab: "keys" }} size="sm">
                    {t("events.emptyAction")}
                  </TextLink>
                }
              >
                {t("events.emptyText")}
              </EmptyNotice>
            )
          }
        />
      </Paper>
      <EventDrawer id={event} onClose={() => void navigate({ search: (now) => ({ ...now, event: undefined }) })} />
    </Stack>
  );
}
