import { Alert, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { AuditView } from "../../../../server/src/segments/contracts.ts";
import { useLiveQueries } from "../../api/live-queries.ts";
import { useFormat } from "../../i18n/format.ts";
import { Card } from "../../parts/card.tsx";
import { JobLine } from "../../parts/job-line.tsx";
import { TextLink } from "../../parts/link.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { Page } from "../../parts/page.tsx";
import { QueryView } from "../../parts/query-view.tsx";
import { AuditedTable } from "./audited-table.tsx";
import { DifferencesTable } from "./differences-table.tsx";
import { AUDITS, auditQuery, useChangeAudit } from "./queries.ts";

const route = getRouteApi("/segments/audits/$id");

/** One audit: how far it is, what it has found of each segment, and who differs. */
export function AuditPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(auditQuery(id));
  useLiveQueries({ topics: ["segment_audit"] }, [AUDITS]);
  return (
    <Page
      title={t("audits.one")}
      subtitle={t("audits.text")}
      before={
        <TextLink to="/segments/audits" size="sm" c="dimmed">
          ‹ {t("audits.title")}
        </TextLink>
      }
    >
      <QueryView query={query} height={320}>
        {(audit) => <Loaded audit={audit} />}
      </QueryView>
    </Page>
  );
}

function Loaded({ audit }: { readonly audit: AuditView }) {
  const { t } = useTranslation();
  const change = useChangeAudit();
  const only = audit.segments.length === 1 ? audit.segments[0]?.name : undefined;
  return (
    <Stack gap="md">
      <Card title={only ?? t("audits.all")}>
        <JobLine
          label={t("audits.lookedAt")}
          state={audit.state}
          done={audit.looked_at}
          total={Math.max(audit.people, audit.looked_at)}
          failure={null}
          at={audit.created_at}
          onChange={(to) => change.mutate({ id: audit.id, to })}
        />
        {change.isError ? <ErrorNotice error={change.error} /> : null}
        <Verdict audit={audit} />
      </Card>
      {audit.segments.length > 1 ? <AuditedTable audit={audit} /> : null}
      {audit.differences > 0 ? <Differences audit={audit} /> : null}
    </Stack>
  );
}

function Verdict({ audit }: { readonly audit: AuditView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (count: number) => ({ count, shown: format.number(count) });
  return (
    <>
      {audit.differences > 0 ? (
        <Alert color="kilim" role="status">
          {t("audits.found", counted(audit.differences))}
        </Alert>
      ) : null}
      {audit.differences === 0 && audit.state === "done" ? (
        <Alert color="teal" role="status">
          {t("audits.agree")}
        </Alert>
      ) : null}
      {audit.unsettled > 0 ? (
        <Text size="sm" c="dimmed">
          {t("audits.unsettled", counted(audit.unsettled))}
        </Text>
      ) : null}
    </>
  );
}

function Differences({ audit }: { readonly audit: AuditView }) {
  const { t } = useTranslation();
  const { segment } = route.useSearch();
  const navigate = route.useNavigate();
  const differing = audit.segments.filter(({ differences }) => differences > 0);
  const chosen = differing.some(({ segment_id }) => segment_id === segment) ? segment : undefined;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={650}>{t("audits.who")}</Text>
        {differing.length > 1 && differing.length < 6 ? (
          <SegmentedControl
            size="xs"
            aria-label={t("audits.of")}
            value={chosen ?? ""}
            onChange={(id) => void navigate({ search: { segment: id === "" ? undefined : id }, replace: true })}
            data={[
              { value: "", label: t("audits.all") },
              ...differing.map(({ segment_id, name }) => ({ value: segment_id, label: name })),
            ]}
          />
        ) : null}
      </Group>
      <DifferencesTable auditId={audit.id} segmentId={chosen} />
    </Stack>
  );
}
