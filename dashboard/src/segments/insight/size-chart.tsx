import "@mantine/charts/styles.layer.css";

import { LineChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import type { SizesView } from "../../../../server/src/segments/contracts.ts";
import { useFormat } from "../../i18n/format.ts";

interface SizeChartProps {
  readonly items: SizesView["items"];
  readonly name: string;
  readonly height: number;
}

/** Steps, not slopes: between two changes nobody came or went. */
export default function SizeChart({ items, name, height }: SizeChartProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const isStill = useReducedMotion();
  const first = Date.parse(items[0]?.at ?? "");
  const last = Date.parse(items.at(-1)?.at ?? "");
  const isShort = last - first <= 2 * 86_400_000;
  const tick = new Intl.DateTimeFormat(
    i18n.language,
    isShort ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" },
  );
  return (
    <LineChart
      h={height}
      data={items.map((row) => ({ at: Date.parse(row.at), size: row.size }))}
      dataKey="at"
      series={[{ name: "size", label: t("segments.size"), color: "kilim.6" }]}
      curveType="stepAfter"
      withDots={items.length < 3}
      valueFormatter={(value) => format.number(value)}
      xAxisProps={{
        type: "number",
        scale: "time",
        domain: ["dataMin", "dataMax"],
        tickFormatter: (at: number) => tick.format(at),
      }}
      yAxisProps={{ width: 64, allowDecimals: false, domain: [0, "auto"] }}
      // While nothing is pointed at there is no label either.
      tooltipProps={{
        labelFormatter: (at) => (typeof at === "number" ? format.moment(new Date(at).toISOString()) : ""),
      }}
      lineProps={{ isAnimationActive: !isStill }}
      gridAxis="x"
      tickLine="none"
      role="img"
      aria-label={t("segmentPage.sizeChart", { name })}
    />
  );
}
