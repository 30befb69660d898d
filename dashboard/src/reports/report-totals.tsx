import { Paper, SimpleGrid, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { type Counted, changeOf, isBetter, rateOf } from "./compare.ts";
import type { ReportView } from "./queries.ts";

const SHOWN = ["sent", "delivered", "opened", "clicked", "converted", "revenue", "unsubscribed", "cost"] as const;

/** The sums, each with what it counts and how it stands beside the time before. */
export function ReportTotals({ report }: { readonly report: ReportView }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {SHOWN.map((outcome) =>
        outcome === "revenue" || outcome === "cost" ? (
          <Amounts key={outcome} report={report} outcome={outcome} />
        ) : (
          <Count key={outcome} report={report} outcome={outcome} />
        ),
      )}
    </SimpleGrid>
  );
}

function Count({ report, outcome }: { readonly report: ReportView; readonly outcome: Counted }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rate = rateOf(report.total, outcome);
  return (
    <Tile
      name={t(`broadcasts.outcome.${outcome}`)}
      meaning={t(`broadcasts.meaning.${outcome}`)}
      value={format.number(report.total[outcome])}
      aside={rate === null ? null : t("reports.ofSent", { share: format.percent(rate) })}
      outcome={outcome}
      change={changeOf(report.total[outcome], report.former[outcome])}
    />
  );
}

/** Sums of money, each in its own currency: the largest, the others below it. */
function Amounts({ report, outcome }: { readonly report: ReportView; readonly outcome: "revenue" | "cost" }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [main, ...others] = report.total[outcome];
  const before = report.former[outcome].find(({ currency }) => currency === main?.currency);
  return (
    <Tile
      name={outcome === "cost" ? t("reports.cost") : t("broadcasts.outcome.revenue")}
      meaning={t(outcome === "cost" ? "reports.costMeaning" : "reports.revenueMeaning")}
      value={main ? format.money(main, "short") : "–"}
      aside={others.length === 0 ? null : others.map((one) => format.money(one, "short")).join(", ")}
      outcome={outcome}
      change={main ? changeOf(main.amount, before?.amount ?? 0) : null}
    />
  );
}

interface TileProps {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly aside: string | null;
  readonly outcome: Counted | "revenue" | "cost";
  readonly change: number | null;
}

function Tile({ name, meaning, value, aside, outcome, change }: TileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const color = change === null || change === 0 ? "dimmed" : isBetter(outcome, change) ? "teal" : "kilim";
  const sign = change !== null && change > 0 ? "+" : "";
  return (
    <Tooltip label={meaning} multiline maw={260} events={{ hover: true, focus: true, touch: true }}>
      <Paper p="sm" tabIndex={0}>
        <Text size="sm" c="dimmed" truncate>
          {name}
        </Text>
        <Text size="xl" fw={650}>
          {value}
        </Text>
        <Text size="xs" c="dimmed" mih="1.5em">
          {aside}
        </Text>
        <Text size="xs" c={color}>
          {change === null
            ? t("reports.nothingBefore")
            : t("reports.change", { by: `${sign}${format.percent(change)}` })}
        </Text>
      </Paper>
    </Tooltip>
  );
}
