import { Code, Drawer, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { QuarantineActions } from "./quarantine-actions.tsx";
import { type QuarantineRow, quarantinedQuery } from "./queries.ts";
import { RawView } from "./raw-view.tsx";

const route = getRouteApi("/events");

/** Events that an engine refused, with the reason; their neighbours went on without them. */
export function QuarantineTab() {
  const { t } = useTranslation();
  const { event } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = usePages<QuarantineRow>(["quarantine"], "/v1/quarantine");
  useLiveQueries({ topics: ["event"] }, [["quarantine"]]);
  const columns = useMemo<readonly TableColumn<QuarantineRow>[]>(
    () => [
      {
        id: "reason",
        header: t("quarantine.reason"),
        grow: true,
        cell: (row) => (
          <Text size="sm" lineClamp={2}>
            {row.reason}
          </Text>
        ),
      },
      { id: "stage", header: t("quarantine.stage"), from: "sm", cell: (row) => <Code>{row.stage}</Code> },
      { id: "at", header: t("quarantine.at"), align: "right", cell: (row) => <When at={row.at} /> },
    ],
    [t],
  );
  const close = () => void navigate({ search: (now) => ({ ...now, event: undefined }) });
  return (
    <Paper p="xs">
      <DataTable
        label={t("events.tab.quarantine")}
        source={rows}
        rows={itemsOf(rows.data)}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate({ search: (now) => ({ ...now, event: row.id }) })}
        empty={<EmptyNotice title={t("quarantine.empty")}>{t("quarantine.emptyText")}</EmptyNotice>}
      />
      <Drawer
        opened={event !== undefined}
        onClose={close}
        title={t("quarantine.one")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {event ? <SetAside id={event} onDone={close} /> : null}
      </Drawer>
    </Paper>
  );
}

function SetAside({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const found = useQuery(quarantinedQuery(id));
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={240} className="kilim-late" />;
  const { data } = found;
  return (
    <Stack>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {data.reason}
      </Text>
      {data.event === null ? null : <JsonView value={data.event} />}
      {data.raw === null ? null : <RawView raw={data.raw} name={data.id} />}
      <QuarantineActions id={data.id} canRetry={data.stage === "inbox" && data.event !== null} onDone={onDone} />
    </Stack>
  );
}
