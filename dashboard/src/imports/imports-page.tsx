import { Box, Paper, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ImportView } from "../../../server/src/imports/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { ShareRead } from "../parts/share-read.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import { IMPORTS } from "./queries.ts";

/** What has been imported, and what is being imported just now. */
export function ImportsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const imports = usePages<ImportView>(IMPORTS, "/v1/imports");
  useLiveQueries({ topics: ["import"] }, [IMPORTS]);
  useCommands([
    {
      id: "create",
      keys: "c",
      group: "here",
      label: t("imports.new"),
      run: () => void navigate({ to: "/imports/new" }),
    },
  ]);
  const columns = useColumns();
  const create = <ButtonLink to="/imports/new">{t("imports.new")}</ButtonLink>;
  return (
    <Page title={t("nav.imports")} subtitle={t("imports.subtitle")} actions={create}>
      <Paper p="xs">
        <DataTable
          label={t("nav.imports")}
          source={imports}
          rows={itemsOf(imports.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/imports/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("imports.empty")} action={create}>
              {t("imports.emptyText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}

function useColumns(): readonly TableColumn<ImportView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "file",
        header: t("imports.file"),
        grow: true,
        cell: (row) => (
          <Stack gap={0} miw={0}>
            <TextLink to="/imports/$id" params={{ id: row.id }} size="sm" fw={550} truncate>
              {row.file.name}
            </TextLink>
            <Text size="xs" c="dimmed">
              {t(`imports.kind.${row.kind}`)}
            </Text>
          </Stack>
        ),
      },
      { id: "state", header: t("imports.stateHead"), cell: (row) => <State row={row} /> },
      {
        id: "accepted",
        header: t("imports.accepted"),
        align: "right",
        from: "sm",
        cell: (row) => <Text size="sm">{format.number(row.accepted)}</Text>,
      },
      {
        id: "rejected",
        header: t("imports.rejected"),
        align: "right",
        from: "sm",
        cell: (row) => (
          <Text size="sm" {...(row.rejected > 0 ? { c: "var(--mantine-color-kilim-text)" } : { c: "dimmed" })}>
            {format.number(row.rejected)}
          </Text>
        ),
      },
      {
        id: "created",
        header: t("imports.begun"),
        align: "right",
        from: "xs",
        cell: (row) => <When at={row.created_at} />,
      },
    ],
    [t, format],
  );
}

function State({ row }: { readonly row: ImportView }) {
  const { t } = useTranslation();
  if (row.state !== "running") {
    return (
      <Box miw={100}>
        <Status value={row.state}>{t(`imports.state.${row.state}`)}</Status>
      </Box>
    );
  }
  return (
    <ShareRead
      state={t("imports.state.running")}
      label={t("imports.progressOf", { name: row.file.name })}
      done={row.bytes_done}
      total={row.file.bytes}
    />
  );
}
