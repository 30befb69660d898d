import { Paper, Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { useCommands } from "../shell/commands.ts";
import { useDescribeCondition } from "./describe-condition.ts";
import { type Segment, segmentsQuery } from "./queries.ts";

const NONE: readonly Segment[] = [];

export function SegmentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const segments = useQuery(segmentsQuery);
  useLiveQueries({ topics: ["segment"] }, [segmentsQuery.queryKey]);
  useCommands([
    {
      id: "create",
      keys: "c",
      group: "here",
      label: t("segments.create"),
      run: () => void navigate({ to: "/segments/new" }),
    },
  ]);
  const columns = useColumns(segments.data?.items ?? NONE);
  const create = <ButtonLink to="/segments/new">{t("segments.create")}</ButtonLink>;
  return (
    <Page
      title={t("nav.segments")}
      subtitle={t("segments.subtitle")}
      actions={
        <>
          <ButtonLink variant="default" to="/segments/audits">
            {t("audits.title")}
          </ButtonLink>
          <ButtonLink variant="default" to="/segments/lists">
            {t("lists.title")}
          </ButtonLink>
          <ButtonLink to="/segments/rfm" variant="default">
            {t("segments.rfm")}
          </ButtonLink>
          <ButtonLink to="/segments/ready" variant="default">
            {t("segments.ready")}
          </ButtonLink>
          {create}
        </>
      }
    >
      <Paper p="xs">
        <DataTable
          label={t("nav.segments")}
          source={segments}
          rows={segments.data?.items ?? NONE}
          columns={columns}
          rowId={(segment) => segment.id}
          onOpen={(segment) => void navigate({ to: "/segments/$id", params: { id: segment.id } })}
          empty={
            <EmptyNotice title={t("segments.empty")} action={create}>
              {t("segments.emptyText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}

function useColumns(segments: readonly Segment[]): readonly TableColumn<Segment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeCondition(segments);
  return useMemo(
    () => [
      {
        id: "name",
        header: t("segments.name"),
        sortBy: (segment) => segment.name,
        cell: (segment) => (
          <TextLink to="/segments/$id" params={{ id: segment.id }} size="sm" fw={550} display="inline-block" miw={160}>
            {segment.name}
          </TextLink>
        ),
      },
      {
        id: "definition",
        header: t("segments.who"),
        from: "md",
        cell: (segment) => (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {describe(segment.definition)}
          </Text>
        ),
      },
      {
        id: "size",
        header: t("segments.size"),
        align: "right",
        sortBy: (segment) => segment.size,
        cell: (segment) =>
          segment.state === "backfilling" ? (
            <>
              <Text size="xs" c="dimmed">
                {t("segments.backfilling")}
              </Text>
              <Progress value={segment.progress * 100} size="xs" aria-label={t("segments.backfilling")} />
            </>
          ) : (
            <Text size="sm" fw={600}>
              {format.number(segment.size)}
            </Text>
          ),
      },
    ],
    [t, format, describe],
  );
}
