import { Group, SegmentedControl, Table, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../i18n/format.ts";
import { Card } from "../../parts/card.tsx";
import { QueryView } from "../../parts/query-view.tsx";
import type { Segment } from "../queries.ts";
import { DAYS, type Days, sizesQuery } from "./queries.ts";

const SizeChart = lazy(() => import("./size-chart.tsx"));
const route = getRouteApi("/segments/$id");
const HEIGHT = 220;
const TABLE_ROWS = 100;

/** The size as it stood, as a line or as its table. */
export function SizeCard({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { days = "30", view } = route.useSearch();
  const navigate = route.useNavigate();
  const sizes = useQuery({ ...sizesQuery(segment.id, days), placeholderData: keepPreviousData });
  const choose = (change: { readonly days?: Days; readonly view?: "table" | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  return (
    <Card title={t("segmentPage.sizeOverTime")}>
      <Group gap="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t("segmentPage.period")}
          value={days}
          data={DAYS.map((value) => ({ value, label: t("segmentPage.days", { count: Number(value) }) }))}
          onChange={(value) => choose({ days: DAYS.find((one) => one === value) ?? "30" })}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("home.view")}
          value={view ?? "chart"}
          data={[
            { value: "chart", label: t("home.chart") },
            { value: "table", label: t("home.table") },
          ]}
          onChange={(value) => choose({ view: value === "table" ? "table" : undefined })}
        />
      </Group>
      <QueryView query={sizes} height={HEIGHT}>
        {({ items }) =>
          view === "table" ? (
            <Table.ScrollContainer minWidth={260} mah={HEIGHT * 2}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("segmentPage.when")}</Table.Th>
                    <Table.Th ta="right">{t("segments.size")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items
                    .toReversed()
                    .slice(0, TABLE_ROWS)
                    .map((row) => (
                      <Table.Tr key={row.at}>
                        <Table.Td>{format.moment(row.at)}</Table.Td>
                        <Table.Td ta="right">{format.number(row.size)}</Table.Td>
                      </Table.Tr>
                    ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          ) : (
            <Suspense fallback={<div style={{ height: HEIGHT }} />}>
              <SizeChart items={items} name={segment.name} height={HEIGHT} />
            </Suspense>
          )
        }
      </QueryView>
      <Text size="xs" c="dimmed">
        {t("segmentPage.sizeHint")}
      </Text>
    </Card>
  );
}
