import { Paper, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AuditDifference } from "../../../../server/src/segments/contracts.ts";
import { itemsOf, usePages } from "../../api/paged.ts";
import { DataTable, type TableColumn } from "../../parts/data-table.tsx";
import { Person } from "../../parts/person.tsx";
import { AUDITS } from "./queries.ts";

interface DifferencesTableProps {
  readonly auditId: string;
  readonly segmentId: string | undefined;
}

/** Who is in a segment and should not be, or the other way round. */
export function DifferencesTable({ auditId, segmentId }: DifferencesTableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = `/v1/segments/audits/${auditId}/differences`;
  const found = usePages<AuditDifference>([...AUDITS, auditId, "differences"], path, { segment_id: segmentId });
  const columns = useMemo<readonly TableColumn<AuditDifference>[]>(
    () => [
      {
        id: "person",
        header: t("people.name"),
        grow: true,
        cell: ({ profile_id, name, email }) => <Person id={profile_id} name={name} detail={email} />,
      },
      {
        id: "segment",
        header: t("audits.segment"),
        from: "sm",
        cell: ({ segment_name }) => <Text size="sm">{segment_name}</Text>,
      },
      {
        id: "live",
        header: t("audits.live"),
        cell: ({ live }) => <Text size="sm">{t(live ? "audits.yes" : "audits.no")}</Text>,
      },
      {
        id: "history",
        header: t("audits.history"),
        cell: ({ history }) => <Text size="sm">{t(history ? "audits.yes" : "audits.no")}</Text>,
      },
    ],
    [t],
  );
  return (
    <Paper p="xs">
      <DataTable
        label={t("audits.who")}
        source={found}
        rows={itemsOf(found.data)}
        columns={columns}
        rowId={({ segment_id, profile_id }) => `${segment_id} ${profile_id}`}
        onOpen={({ profile_id }) => void navigate({ to: "/people/$id", params: { id: profile_id } })}
        empty={null}
      />
    </Paper>
  );
}
