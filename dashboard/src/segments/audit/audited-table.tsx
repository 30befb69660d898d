import { Group, Paper, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AuditView } from "../../../../server/src/segments/contracts.ts";
import { useFormat } from "../../i18n/format.ts";
import { DataTable, type TableColumn } from "../../parts/data-table.tsx";
import { TextLink } from "../../parts/link.tsx";

type Audited = AuditView["segments"][number];

const HERE = {
  isPending: false,
  isError: false,
  error: null,
  isPlaceholderData: false,
  refetch: () => Promise.resolve(),
};

/** What an audit has found of each segment. */
export function AuditedTable({ audit }: { readonly audit: AuditView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<readonly TableColumn<Audited>[]>(
    () => [
      {
        id: "name",
        header: t("segments.name"),
        sortBy: ({ name }) => name,
        cell: ({ segment_id, name, complete }) => (
          <Group gap="xs">
            <TextLink to="/segments/$id" params={{ id: segment_id }} search={{ tab: "audit" }} size="sm" fw={550}>
              {name}
            </TextLink>
            {complete ? null : (
              <Text size="xs" c="dimmed">
                {t("audits.changed")}
              </Text>
            )}
          </Group>
        ),
      },
      {
        id: "members",
        header: t("segments.members"),
        align: "right",
        from: "xs",
        sortBy: ({ members }) => members,
        cell: ({ members }) => <Text size="sm">{format.number(members)}</Text>,
      },
      {
        id: "differences",
        header: t("audits.differences"),
        align: "right",
        sortBy: ({ differences }) => differences,
        cell: ({ differences }) => (
          <Text size="sm" fw={600} {...(differences > 0 ? { c: "var(--mantine-color-kilim-text)" } : {})}>
            {format.number(differences)}
          </Text>
        ),
      },
    ],
    [t, format],
  );
  return (
    <Paper p="xs">
      <DataTable
        label={t("audits.bySegment")}
        source={HERE}
        rows={audit.segments}
        columns={columns}
        rowId={({ segment_id }) => segment_id}
        empty={null}
      />
    </Paper>
  );
}
