import { Alert, Button, Code, Group, Progress, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { AuditTab } from "./audit/audit-tab.tsx";
import { useDescribeCondition } from "./describe-condition.ts";
import { ExportDrawer } from "./insight/export-drawer.tsx";
import { OverlapTab } from "./insight/overlap-tab.tsx";
import { OverviewTab } from "./insight/overview-tab.tsx";
import { WhyTab } from "./insight/why-tab.tsx";
import { MembersTable } from "./members-table.tsx";
import { type Segment, segmentQuery, segmentsQuery } from "./queries.ts";
import { SettingsTab } from "./settings-tab.tsx";

const route = getRouteApi("/segments/$id");

export function SegmentPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const segment = useQuery(segmentQuery(id));
  useLiveQueries({ topics: ["segment"] }, [segmentsQuery.queryKey]);
  if (segment.isError && !segment.data) {
    return (
      <Page title={t("nav.segments")}>
        <ErrorNotice error={segment.error} retry={() => void segment.refetch()} />
      </Page>
    );
  }
  return segment.data ? <Loaded segment={segment.data} /> : <Skeleton m="lg" height={400} className="kilim-late" />;
}

function Loaded({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeCondition(segment.definition);
  const { tab = "overview", action } = route.useSearch();
  const navigate = route.useNavigate();
  const ask = (asked: "export" | undefined) =>
    void navigate({ search: (now) => ({ ...now, action: asked }), replace: true });
  return (
    <Page
      title={segment.name}
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
      subtitle={
        <Group gap="xs">
          <Text span size="sm" fw={600} c="var(--mantine-color-text)">
            {t("segments.people", { count: segment.size, shown: format.number(segment.size) })}
          </Text>
          <Status value={segment.state}>
            {t(segment.state === "live" ? "segments.live" : "segments.backfilling")}
          </Status>
          <Text span size="sm" lineClamp={3}>
            {describe(segment.definition)}
          </Text>
        </Group>
      }
      actions={
        <Button variant="default" onClick={() => ask("export")}>
          {t("segmentPage.export.title")}
        </Button>
      }
    >
      {action === "export" ? <ExportDrawer segment={segment} onClose={() => ask(undefined)} /> : null}
      {segment.state === "backfilling" ? <Filling segment={segment} /> : null}
      <Tabs
        value={tab}
        // What one view has in the address means nothing to another.
        onChange={(chosen) => void navigate({ search: { tab: chosen === "overview" ? undefined : chosen } })}
        label={(id) => t(`segmentPage.tab.${id}`)}
        views={{
          overview: <OverviewTab segment={segment} />,
          people: <MembersTable segment={segment} />,
          overlap: <OverlapTab segment={segment} />,
          why: <WhyTab segment={segment} />,
          audit: <AuditTab segment={segment} />,
          settings: <SettingsTab segment={segment} />,
        }}
      />
    </Page>
  );
}

/** How far a new definition has come to life, and what stands in its way. */
function Filling({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = t("segmentPage.filling", { share: format.percent(segment.progress) });
  return (
    <div>
      <Text size="sm" mb={4}>
        {label}
      </Text>
      <Progress value={segment.progress * 100} size="sm" aria-label={label} />
      {segment.problem ? (
        <Alert color="orange" mt="sm" title={t("segmentPage.fillProblem")}>
          <Code>{segment.problem}</Code>
        </Alert>
      ) : null}
    </div>
  );
}
