import { Box, SegmentedControl, Text, VisuallyHidden } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type Format, useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { CellLink } from "./cell-link.tsx";
import type { Rfm } from "./queries.ts";
import classes from "./rfm-page.module.css";
import { useScoreWords } from "./use-score-words.ts";

const route = getRouteApi("/segments/rfm");
const SCORES = [1, 2, 3, 4, 5] as const;
type Score = (typeof SCORES)[number];
type Cell = Rfm["cells"][number];

/** Recency from left to right, frequency from bottom to top; each cell leads to a segment of its people. */
export function RfmGrid({ rfm, version }: { readonly rfm: Rfm; readonly version: NonNullable<Rfm["version"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useScoreWords(version, rfm.window_days);
  const { measure = "people" } = route.useSearch();
  const navigate = route.useNavigate();
  const most = Math.max(1, ...rfm.cells.map((cell) => amountOf(cell, measure)));
  return (
    <Card
      title={t("rfm.grid")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("rfm.measure.label")}
          value={measure}
          onChange={(value) => void navigate({ search: { measure: value === "revenue" ? value : undefined } })}
          data={[
            { value: "people", label: t("rfm.measure.people") },
            { value: "revenue", label: t("rfm.measure.revenue") },
          ]}
        />
      }
    >
      <table className={classes.grid}>
        <caption>
          <VisuallyHidden>{t("rfm.gridHint")}</VisuallyHidden>
        </caption>
        <tbody>
          {SCORES.toReversed().map((frequency) => (
            <tr key={frequency}>
              <th scope="row">
                <Text span size="xs" fw={600} c="var(--mantine-color-text)" display="block">
                  {t("rfm.axis.frequency", { score: frequency })}
                </Text>
                <Box component="span" visibleFrom="sm">
                  {words.frequency(frequency)}
                </Box>
              </th>
              {SCORES.map((recency) => {
                const cell = rfm.cells.find((one) => one.recency === recency && one.frequency === frequency);
                const group = groupOf(rfm, recency, frequency);
                return (
                  <td
                    key={recency}
                    className={classes.cell}
                    style={{ "--share": cell ? amountOf(cell, measure) / most : 0 } as React.CSSProperties}
                    data-left={(recency > 1 && groupOf(rfm, (recency - 1) as Score, frequency) !== group) || undefined}
                    data-top={(frequency < 5 && groupOf(rfm, recency, (frequency + 1) as Score) !== group) || undefined}
                  >
                    <CellLink recency={recency} frequency={frequency} group={group}>
                      {shown(cell, measure, format)}
                    </CellLink>
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <td />
            {SCORES.map((recency) => (
              <th key={recency} scope="col">
                <Text span size="xs" fw={600} c="var(--mantine-color-text)" display="block">
                  {t("rfm.axis.recency", { score: recency })}
                </Text>
                <Box component="span" visibleFrom="sm">
                  {words.recency(recency)}
                </Box>
              </th>
            ))}
          </tr>
        </tbody>
      </table>
      <Text size="sm" c="dimmed">
        {t("rfm.gridHint")}{" "}
        {rfm.unscored === 0 ? null : t("rfm.unscored", { count: rfm.unscored, shown: format.number(rfm.unscored) })}
      </Text>
    </Card>
  );
}

/** By revenue cells are compared in the currency that stands first: amounts of several are never added. */
function amountOf(cell: Cell, measure: string): number {
  return measure === "people" ? cell.people : Math.max(0, cell.revenue[0]?.amount ?? 0);
}

function shown(cell: Cell | undefined, measure: string, format: Format): string {
  if (measure === "people") return format.number(cell?.people ?? 0);
  const amounts = (cell?.revenue ?? []).map((amount) => format.money(amount, "short"));
  return amounts.length === 0 ? "–" : amounts.join("\n");
}

function groupOf(rfm: Rfm, recency: Score, frequency: Score): Rfm["groups"][number]["name"] {
  const found = rfm.groups.find((group) => group.recency.includes(recency) && group.frequency.includes(frequency));
  if (!found) throw new TypeError("the groups cover the grid");
  return found.name;
}
