import { Paper, Stack, Text, Title } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { type RetentionRun, retentionQuery } from "./queries.ts";
import { RetentionForm } from "./retention-form.tsx";

/** How old events may become, and what the daily runs have removed. */
export function RetentionTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const retention = useQuery(retentionQuery);
  const runs = usePages<RetentionRun>(["retention", "runs"], "/v1/retention/runs");
  const columns = useMemo<readonly TableColumn<RetentionRun>[]>(
    () => [
      { id: "began", header: t("privacy.began"), cell: (row) => <When at={row.began_at} /> },
      { id: "finished", header: t("privacy.finished"), cell: (row) => <When at={row.finished_at} /> },
      {
        id: "events",
        header: t("privacy.runEvents"),
        align: "right",
        cell: (row) => <Text size="sm">{format.number(row.events)}</Text>,
      },
      {
        id: "months",
        header: t("privacy.runMonths"),
        align: "right",
        from: "sm",
        cell: (row) => <Text size="sm">{format.number(row.months)}</Text>,
      },
    ],
    [t, format],
  );
  return (
    <Stack maw={860}>
      <QueryView query={retention} height={260}>
        {(data) => <RetentionForm key={data.updated_at} retention={data} />}
      </QueryView>
      <Paper p="xs" component="section" aria-label={t("privacy.runs")}>
        <Title order={2} size="h3" p="xs">
          {t("privacy.runs")}
        </Title>
        <DataTable
          label={t("privacy.runs")}
          source={runs}
          rows={itemsOf(runs.data)}
          columns={columns}
          rowId={(row) => row.id}
          empty={
            <EmptyNotice title={t("privacy.noRuns")} icon={<IconCalendarOff size={32} aria-hidden />}>
              {t("privacy.noRunsText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Stack>
  );
}
