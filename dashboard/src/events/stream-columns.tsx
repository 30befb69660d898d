import { Box, Code, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { StreamItem } from "../../../server/src/debugger/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import type { TableColumn } from "../parts/data-table.tsx";
import { Person } from "../parts/person.tsx";
import { When } from "../parts/when.tsx";
import { EventState } from "./event-state.tsx";
import { useReason } from "./reason.ts";

export function useStreamColumns(): readonly TableColumn<StreamItem>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: "event",
        header: t("events.event"),
        grow: true,
        cell: (row) => <What row={row} />,
      },
      { id: "state", header: t("events.where"), from: "xs", cell: (row) => <EventState value={row.state} /> },
      { id: "who", header: t("events.who"), from: "sm", cell: (row) => <Who row={row} /> },
      {
        id: "source",
        header: t("events.source"),
        from: "md",
        cell: (row) => (
          <Text size="sm" c="dimmed" truncate maw={160}>
            {row.source_name ?? (row.source || t("events.unknownKey"))}
          </Text>
        ),
      },
      { id: "at", header: t("events.received"), align: "right", cell: (row) => <Received at={row.received_at} /> },
    ],
    [t],
  );
}

function What({ row }: { readonly row: StreamItem }) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <Stack gap={0} miw={0}>
      <Box hiddenFrom="xs" mb={2}>
        <EventState value={row.state} />
      </Box>
      <Text size="sm" fw={550} truncate>
        {row.name ? row.name : row.state === "refused" ? t("events.request") : (row.type ?? t("events.unnamed"))}
      </Text>
      {row.code ? (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {row.field ? <Code fz={11}>{row.field}</Code> : null} {reason(row).title}
        </Text>
      ) : null}
    </Stack>
  );
}

function Who({ row }: { readonly row: StreamItem }) {
  const { t } = useTranslation();
  if (row.is_bot) {
    return (
      <Text size="sm" c="dimmed" fs="italic" truncate maw={180}>
        {t("events.bot")}
      </Text>
    );
  }
  if (row.profile_id) return <Person id={row.profile_id} name={row.profile_name} size={22} />;
  return (
    <Text size="sm" c="dimmed" truncate maw={180}>
      {row.user_id ?? row.anonymous_id ?? "–"}
    </Text>
  );
}

const DAY_MS = 86_400_000;

/** To the second while that tells events apart. */
function Received({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const format = useFormat();
  const time = new Date(at);
  if (Date.now() - time.getTime() > DAY_MS) return <When at={at} />;
  return (
    <Text component="time" dateTime={at} size="sm" title={format.moment(at)} style={{ whiteSpace: "nowrap" }}>
      {time.toLocaleTimeString(i18n.language)}
    </Text>
  );
}
