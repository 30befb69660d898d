import { Drawer, Stack, Text } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { When } from "../parts/when.tsx";
import { CALLS, type CallView, callQuery } from "./queries.ts";
import { WorkCall } from "./work-call.tsx";

const route = getRouteApi("/calls");

/** What the phone team is to do, the most pressing first; each call is one colleague's at a time. */
export function CallsPage() {
  const { t } = useTranslation();
  const { state = "open", call } = route.useSearch();
  const navigate = route.useNavigate();
  useLiveQueries({ topics: ["call"] }, [CALLS]);
  return (
    <Page title={t("calls.title")} subtitle={t("calls.subtitle")}>
      <Tabs
        value={state}
        onChange={(chosen) => void navigate({ search: { state: chosen } })}
        label={(id) => t(`calls.state.${id}`)}
        views={{ open: <CallList state="open" />, done: <CallList state="done" /> }}
      />
      <Drawer
        opened={call !== undefined}
        onClose={() => void navigate({ search: (now) => ({ ...now, call: undefined }) })}
        position="right"
        title={t("calls.one")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {call === undefined ? null : <OneCall id={call} />}
      </Drawer>
    </Page>
  );
}

function OneCall({ id }: { readonly id: string }) {
  const call = useQuery(callQuery(id));
  return (
    <QueryView query={call} height={300}>
      {(found) => <WorkCall key={found.state} call={found} />}
    </QueryView>
  );
}

function CallList({ state }: { readonly state: "open" | "done" }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const calls = usePages<CallView>([...CALLS, "list", state], "/v1/calls", { state });
  const columns = useMemo<readonly TableColumn<CallView>[]>(
    () => [
      {
        id: "reason",
        header: t("calls.reason"),
        grow: true,
        cell: (row) => (
          <Stack gap={0}>
            <Text size="sm" fw={600} truncate>
              {row.reason}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {row.phone}
            </Text>
          </Stack>
        ),
      },
      {
        id: "outcome",
        header: t("calls.standing"),
        from: "sm",
        cell: (row) => <Standing call={row} />,
      },
      {
        id: "when",
        header: state === "open" ? t("calls.due") : t("calls.doneAt"),
        align: "right",
        cell: (row) => <When at={state === "open" ? row.due_at : row.done_at} />,
      },
    ],
    [t, state],
  );
  return (
    <DataTable
      label={t("calls.title")}
      source={calls}
      rows={itemsOf(calls.data)}
      columns={columns}
      rowId={(row) => row.id}
      onOpen={(row) => void navigate({ search: (now) => ({ ...now, call: row.id }) })}
      empty={
        <EmptyNotice title={t("calls.none")} icon={<IconPhone size={32} aria-hidden />}>
          {t("calls.noneText")}
        </EmptyNotice>
      }
    />
  );
}

function Standing({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  if (call.taken_by !== null) return <Status value="running">{t("calls.takenBy", { who: call.taken_by })}</Status>;
  if (call.outcome === null) return <Status value="queued">{t("calls.waiting")}</Status>;
  return <Status value={call.state === "done" ? "done" : "waiting"}>{t(`calls.outcome.${call.outcome}`)}</Status>;
}
