import { Group, Paper, SegmentedControl, Select, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../../server/src/insight/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { ChannelName } from "../parts/channel.tsx";
import { PERIODS, type Period } from "./queries.ts";

// Begins to load with the page, beside its numbers.
const chart = import("./month-chart.tsx");
const MonthChart = lazy(() => chart);
const route = getRouteApi("/");

export const METRICS = ["orders", "revenue", "people"] as const;
export type Metric = (typeof METRICS)[number];
const CHART_HEIGHT = 280;

/** One metric over one period: by month as a chart or its table, and by channel. */
export function MetricCard({ overview, days }: { readonly overview: Overview; readonly days: Period }) {
  const { t } = useTranslation();
  const { metric = "orders", view } = route.useSearch();
  const navigate = route.useNavigate();
  const show = useShow(overview);
  const total =
    metric === "people" ? overview.profiles : metric === "orders" ? overview.orders : overview.revenue.amount;
  return (
    <Paper component="section" p="md" aria-label={t("home.metric")}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t("home.metric")}
            value={metric}
            data={METRICS.map((value) => ({ value, label: t(`home.${value}`) }))}
            onChange={(value) =>
              void navigate({
                search: (now) => ({ ...now, metric: METRICS.find((one) => one === value) }),
                replace: true,
              })
            }
          />
          <Group gap="xs">
            <CurrencySwitch overview={overview} />
            <SegmentedControl
              size="xs"
              aria-label={t("home.period")}
              value={days}
              data={PERIODS.map((value) => ({ value, label: t(`home.days.${value}`) }))}
              onChange={(value) =>
                void navigate({
                  search: (now) => ({ ...now, days: PERIODS.find((one) => one === value) }),
                  replace: true,
                })
              }
            />
            <SegmentedControl
              size="xs"
              aria-label={t("home.view")}
              value={view ?? "chart"}
              data={[
                { value: "chart", label: t("home.chart") },
                { value: "table", label: t("home.table") },
              ]}
              onChange={(value) =>
                void navigate({
                  search: (now) => ({ ...now, view: value === "table" ? value : undefined }),
                  replace: true,
                })
              }
            />
          </Group>
        </Group>
        <div>
          <Text fz={34} fw={700} lh={1.1}>
            {show(metric, total)}
          </Text>
          <Text size="sm" c="dimmed">
            {days === "all" ? t(`home.meaningAll.${metric}`) : t(`home.meaning.${metric}`, { days })}
          </Text>
        </div>
        {view === "table" ? (
          <MonthTable overview={overview} metric={metric} />
        ) : (
          <Suspense fallback={<Skeleton height={CHART_HEIGHT} className="kilim-late" />}>
            <MonthChart overview={overview} metric={metric} height={CHART_HEIGHT} />
          </Suspense>
        )}
        <ChannelTable overview={overview} metric={metric} />
      </Stack>
    </Paper>
  );
}

/** Orders and revenue are of one currency at a time; only who sells in several is asked which. */
function CurrencySwitch({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  if (overview.currencies.length < 2) return null;
  return (
    <Select
      size="xs"
      w={86}
      allowDeselect={false}
      aria-label={t("home.currency")}
      value={overview.revenue.currency}
      data={overview.currencies.map((one) => one.currency)}
      onChange={(currency) =>
        void navigate({ search: (now) => ({ ...now, currency: currency ?? undefined }), replace: true })
      }
    />
  );
}

function useShow(overview: Overview): (metric: Metric, value: number) => string {
  const format = useFormat();
  return (metric, value) =>
    metric === "revenue" ? format.money({ amount: value, currency: overview.revenue.currency }) : format.number(value);
}

interface TableProps {
  readonly overview: Overview;
  readonly metric: Metric;
}

function MonthTable({ overview, metric }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const show = useShow(overview);
  return (
    <Table aria-label={t("home.byMonth")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("home.month")}</Table.Th>
          <Table.Th ta="right">{t(`home.${metric}`)}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {overview.by_month.map((row) => (
          <Table.Tr key={row.month}>
            <Table.Td>{format.month(row.month)}</Table.Td>
            <Table.Td ta="right">{show(metric, row[metric])}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ChannelTable({ overview, metric }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const show = useShow(overview);
  const rows = overview.by_channel.filter((row) => row[metric] > 0).sort((a, b) => b[metric] - a[metric]);
  const sum = rows.reduce((total, row) => total + row[metric], 0);
  return (
    <div>
      <Title order={3} mb="xs">
        {t("home.byChannel")}
      </Title>
      <Table aria-label={t("home.byChannel")}>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.channel}>
              <Table.Td>
                <ChannelName channel={row.channel} />
              </Table.Td>
              <Table.Td w="45%" visibleFrom="xs" aria-hidden>
                <div
                  style={{
                    width: `${(row[metric] / (rows[0]?.[metric] ?? 1)) * 100}%`,
                    minWidth: 2,
                    height: 8,
                    borderRadius: 4,
                    background: "var(--mantine-primary-color-filled)",
                  }}
                />
              </Table.Td>
              <Table.Td ta="right">{show(metric, row[metric])}</Table.Td>
              {metric === "people" ? null : (
                <Table.Td ta="right" c="dimmed">
                  {format.percent(row[metric] / sum)}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
