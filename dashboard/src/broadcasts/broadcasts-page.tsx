import { Button, Paper, Progress, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { MessagesNav } from "../messages/messages-nav.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import { shareDone } from "./progress.ts";
import { BROADCASTS, type BroadcastView } from "./queries.ts";

/** What was said, or will be, to everybody in a segment or on a list. */
export function BroadcastsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const broadcasts = usePages<BroadcastView>([...BROADCASTS], "/v1/broadcasts", {});
  useLiveQueries({ topics: ["broadcast"] }, [BROADCASTS]);
  const create = () => void navigate({ to: "/messages/broadcasts/new" });
  useCommands([{ id: "create", keys: "c", group: "here", label: t("broadcasts.create"), run: create }]);
  const columns = useColumns();
  const button = <Button onClick={create}>{t("broadcasts.create")}</Button>;
  return (
    <Page title={t("nav.messages")} subtitle={t("broadcasts.subtitle")} actions={button}>
      <MessagesNav active="broadcasts" />
      <Paper p="xs">
        <DataTable
          label={t("broadcasts.title")}
          source={broadcasts}
          rows={itemsOf(broadcasts.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/messages/broadcasts/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("broadcasts.none")} action={button}>
              {t("broadcasts.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}

function useColumns(): readonly TableColumn<BroadcastView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("broadcasts.name"),
        grow: true,
        cell: (row) => (
          <>
            <TextLink to="/messages/broadcasts/$id" params={{ id: row.id }} size="sm" fw={550}>
              {row.name}
            </TextLink>
            <Text size="xs" c="dimmed" lineClamp={1}>
              {row.audience_name}
            </Text>
          </>
        ),
      },
      {
        id: "state",
        header: t("broadcasts.state"),
        cell: (row) => <Status value={row.state}>{t(`broadcasts.states.${row.state}`)}</Status>,
      },
      {
        id: "progress",
        header: t("broadcasts.progress"),
        from: "sm",
        cell: (row) => (
          <Progress value={shareDone(row) * 100} w={120} aria-label={t("broadcasts.progressOf", { name: row.name })} />
        ),
      },
      {
        id: "sent",
        header: t("broadcasts.sent"),
        align: "right",
        cell: (row) => <Text size="sm">{format.number(row.progress.sent)}</Text>,
      },
      {
        id: "when",
        header: t("broadcasts.when"),
        align: "right",
        from: "md",
        cell: (row) => <When at={row.ended_at ?? row.started_at ?? row.created_at} />,
      },
    ],
    [t, format],
  );
}
