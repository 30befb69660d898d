import "@mantine/charts/styles.layer.css";

import { BarChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../../server/src/insight/contracts.ts";
import { minorDigits, useFormat } from "../i18n/format.ts";
import type { Metric } from "./metric-card.tsx";

interface MonthChartProps {
  readonly overview: Overview;
  readonly metric: Metric;
  readonly height: number;
}

export default function MonthChart({ overview, metric, height }: MonthChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStill = useReducedMotion();
  const { currency } = overview.revenue;
  const show = (value: number) =>
    metric === "revenue"
      ? format.money({ amount: value, currency }, value >= 10 ** (minorDigits(currency) + 4) ? "short" : "full")
      : format.number(value);
  return (
    <BarChart
      h={height}
      data={overview.by_month.map((row) => ({ month: format.month(row.month), value: row[metric] }))}
      dataKey="month"
      series={[{ name: "value", label: t(`home.${metric}`), color: "kilim.6" }]}
      valueFormatter={show}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={44}
      yAxisProps={{ width: 76 }}
      barProps={{ isAnimationActive: !isStill, radius: [3, 3, 0, 0] }}
      role="img"
      aria-label={t("home.chartLabel", { metric: t(`home.${metric}`) })}
    />
  );
}
