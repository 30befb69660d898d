import { Button, Code, Drawer, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import type { QuarantineRow } from "./queries.ts";

/** Events that an engine refused, with the reason; their neighbours went on without them. */
export function Quarantine() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<QuarantineRow | null>(null);
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: (id: string) => call<{ readonly retried: boolean }>("POST", `/v1/quarantine/${id}/retry`, {}),
    onSuccess: async () => {
      setOpen(null);
      await client.invalidateQueries({ queryKey: ["quarantine"] });
      announce(t("quarantine.retried"));
    },
  });
  const rows = usePages<QuarantineRow>(["quarantine"], "/v1/quarantine");
  const columns = useMemo<readonly TableColumn<QuarantineRow>[]>(
    () => [
      {
        id: "reason",
        header: t("quarantine.reason"),
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
  return (
    <Paper p="xs">
      <DataTable
        label={t("settings.quarantine")}
        source={rows}
        rows={itemsOf(rows.data)}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={setOpen}
        empty={<EmptyNotice title={t("quarantine.empty")}>{t("quarantine.emptyText")}</EmptyNotice>}
      />
      <Drawer
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={t("quarantine.one")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {open ? (
          <Stack>
            <Text size="sm">{open.reason}</Text>
            <JsonView value={open.event} />
            {retry.isError ? <ErrorNotice error={retry.error} /> : null}
            {open.stage === "inbox" && open.event !== null ? (
              <Button loading={retry.isPending} onClick={() => retry.mutate(open.id)}>
                {t("quarantine.retry")}
              </Button>
            ) : null}
          </Stack>
        ) : null}
      </Drawer>
    </Paper>
  );
}
