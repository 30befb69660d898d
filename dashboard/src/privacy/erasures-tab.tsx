import { Paper, Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { ERASURES, type Receipt } from "./queries.ts";

/** Every erasure with its receipt, newest first. */
export function ErasuresTab() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const pages = usePages<Receipt>(ERASURES, "/v1/erasures");
  useLiveQueries({ topics: ["erasure"] }, [ERASURES]);
  const columns = useMemo<readonly TableColumn<Receipt>[]>(
    () => [
      { id: "requested", header: t("privacy.requested"), cell: (row) => <When at={row.requested_at} /> },
      {
        id: "state",
        header: t("privacy.status"),
        cell: (row) => (
          <Status value={row.state === "done" ? "completed" : "waiting"}>{t(`privacy.state.${row.state}`)}</Status>
        ),
      },
      {
        id: "suppressed",
        header: t("privacy.suppressed"),
        from: "sm",
        cell: (row) => <Text size="sm">{row.suppress ? t("privacy.yes") : t("privacy.no")}</Text>,
      },
      {
        id: "by",
        header: t("privacy.by"),
        from: "sm",
        grow: true,
        cell: (row) => <Text size="sm">{row.requested_by}</Text>,
      },
      { id: "finished", header: t("privacy.finished"), align: "right", cell: (row) => <When at={row.finished_at} /> },
    ],
    [t],
  );
  return (
    <Paper p="xs">
      <DataTable
        label={t("privacy.erasures")}
        source={pages}
        rows={itemsOf(pages.data)}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/privacy/erasures/$id", params: { id: row.id } })}
        empty={
          <EmptyNotice title={t("privacy.noErasures")} icon={<IconShieldCheck size={32} aria-hidden />}>
            {t("privacy.noErasuresText")}
          </EmptyNotice>
        }
      />
    </Paper>
  );
}
