import { Paper, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AuditView } from "../../../../server/src/segments/contracts.ts";
import { useLiveQueries } from "../../api/live-queries.ts";
import { itemsOf, usePages } from "../../api/paged.ts";
import { useFormat } from "../../i18n/format.ts";
import { DataTable, type TableColumn } from "../../parts/data-table.tsx";
import { TextLink } from "../../parts/link.tsx";
import { EmptyNotice } from "../../parts/notices.tsx";
import { Status } from "../../parts/status.tsx";
import { When } from "../../parts/when.tsx";
import { AUDITS } from "./queries.ts";
import { StartAudit } from "./start-audit.tsx";

/** All audits, or those that have looked at one segment. */
export function AuditsList({ segmentId }: { readonly segmentId?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const audits = usePages<AuditView>(AUDITS, "/v1/segments/audits", { segment_id: segmentId });
  useLiveQueries({ topics: ["segment_audit"] }, [AUDITS]);
  return (
    <Paper p="xs">
      <DataTable
        label={t("audits.title")}
        source={audits}
        rows={itemsOf(audits.data)}
        columns={useColumns(segmentId)}
        rowId={(audit) => audit.id}
        onOpen={({ id }) =>
          void navigate({ to: "/segments/audits/$id", params: { id }, search: { segment: segmentId } })
        }
        empty={
          <EmptyNotice title={t("audits.empty")} action={<StartAudit segmentId={segmentId} />}>
            {t("audits.text")}
          </EmptyNotice>
        }
      />
    </Paper>
  );
}

function useColumns(segmentId: string | undefined): readonly TableColumn<AuditView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    // On a segment's own page only what was found of that segment is of interest.
    const found = (audit: AuditView) => audit.segments.find((one) => one.segment_id === segmentId) ?? audit;
    return [
      {
        id: "what",
        header: t("audits.of"),
        cell: (audit) => (
          <TextLink
            to="/segments/audits/$id"
            params={{ id: audit.id }}
            search={{ segment: segmentId }}
            size="sm"
            fw={550}
          >
            {audit.segment_id === null ? t("audits.all") : (audit.segments[0]?.name ?? t("audits.one"))}
          </TextLink>
        ),
      },
      {
        id: "state",
        header: t("audits.state"),
        cell: (audit) => <Status value={audit.state}>{t(`jobs.state.${audit.state}`)}</Status>,
      },
      {
        id: "differences",
        header: t("audits.differences"),
        align: "right",
        cell: (audit) => (
          <Text size="sm" fw={600} {...(found(audit).differences > 0 ? { c: "var(--mantine-color-kilim-text)" } : {})}>
            {format.number(found(audit).differences)}
          </Text>
        ),
      },
      {
        id: "looked",
        header: t("audits.lookedAt"),
        align: "right",
        from: "sm",
        cell: (audit) => <Text size="sm">{format.number(audit.looked_at)}</Text>,
      },
      {
        id: "at",
        header: t("audits.started"),
        align: "right",
        from: "xs",
        cell: (audit) => <When at={audit.created_at} />,
      },
    ];
  }, [t, format, segmentId]);
}
