import { Group, Paper, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { MessagesNav } from "../messages/messages-nav.tsx";
import { SkipReasons } from "../messages/skip-reasons.tsx";
import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { DAYS, reportQuery, VIEWS } from "./queries.ts";
import { ReportTable } from "./report-table.tsx";
import { ReportTotals } from "./report-totals.tsx";

const route = getRouteApi("/messages/reports");

/** What came of messages over a time, beside the time of the same length before it. */
export function ReportsPage() {
  const { t } = useTranslation();
  const { by = "channel", days = "30", channel, template } = route.useSearch();
  const navigate = route.useNavigate();
  const report = useQuery(reportQuery({ by, days, channel, template }));
  return (
    <Page title={t("nav.messages")} subtitle={t("reports.subtitle")}>
      <MessagesNav active="reports" />
      <Group gap="sm">
        <Select
          size="xs"
          w={180}
          aria-label={t("reports.by")}
          allowDeselect={false}
          value={by}
          data={VIEWS.map((value) => ({ value, label: t(`reports.views.${value}`) }))}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, by: VIEWS.find((one) => one === value) }), replace: true })
          }
        />
        <SegmentedControl
          size="xs"
          aria-label={t("reports.period")}
          value={days}
          data={DAYS.map((value) => ({ value, label: t(`reports.days.d${value}`) }))}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, days: DAYS.find((one) => one === value) }), replace: true })
          }
        />
        <Only />
      </Group>
      <QueryView query={report} height={420}>
        {(data) => (
          <Stack gap="md">
            <ReportTotals report={data} />
            <Paper p="xs">
              <ReportTable by={by} report={data} />
            </Paper>
            {data.skipped.length > 0 ? (
              <Paper p="md">
                <SkipReasons skipped={data.skipped} />
              </Paper>
            ) : null}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

/** What the figures are kept to, and the way back to all. */
function Only() {
  const { t } = useTranslation();
  const { by, days, channel, template } = route.useSearch();
  const templates = useQuery({
    ...reportQuery({ by: "template", days: days ?? "30", channel: undefined, template }),
    enabled: template !== undefined,
  });
  if (channel === undefined && template === undefined) return null;
  const name = templates.data?.rows.find(({ key }) => key === template)?.name ?? template;
  return (
    <Text size="sm">
      {template === undefined ? t("reports.onlyChannel", { name: channel }) : t("reports.onlyMessage", { name })}{" "}
      <TextLink to="/messages/reports" search={{ by, days }} size="sm" underline="always">
        {t("reports.all")}
      </TextLink>
    </Text>
  );
}
