import { Table, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { journeysQuery } from "../journeys/queries.ts";
import { ChannelName } from "../parts/channel.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { COUNTED, type Counted, changeOf, rateOf } from "./compare.ts";
import type { ReportBy, ReportRow, ReportView } from "./queries.ts";

const route = getRouteApi("/messages/reports");

interface TableProps {
  readonly by: ReportBy;
  readonly report: ReportView;
}

/** Line by line; under each number its share of what was sent, and how it has changed. */
export function ReportTable({ by, report }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report.rows.length === 0) return <EmptyNotice title={t("reports.none")}>{t("reports.noneText")}</EmptyNotice>;
  // Of a link only its clicks are known.
  const shown = by === "link" ? (["clicked"] as const) : COUNTED;
  return (
    <Table.ScrollContainer minWidth={by === "link" ? 320 : 900} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t(`reports.views.${by as "channel"}`)}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`reports.views.${by as "channel"}`)}</Table.Th>
            {shown.map((outcome) => (
              <Table.Th key={outcome} ta="right">
                <Tooltip label={t(`broadcasts.meaning.${outcome}`)} multiline maw={260}>
                  <span>{t(`broadcasts.outcome.${outcome}`)}</span>
                </Tooltip>
              </Table.Th>
            ))}
            {by === "link" ? null : (
              <>
                <Table.Th ta="right">{t("broadcasts.outcome.revenue")}</Table.Th>
                <Table.Th ta="right">
                  <Tooltip label={t("reports.costMeaning")} multiline maw={260}>
                    <span>{t("reports.cost")}</span>
                  </Tooltip>
                </Table.Th>
              </>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <RowName by={by} row={row} />
              </Table.Td>
              {shown.map((outcome) => (
                <Cell key={outcome} row={row} outcome={outcome} isRate={by !== "link"} />
              ))}
              {by === "link" ? null : (
                <>
                  <Table.Td ta="right">{row.now.revenue.map((one) => format.money(one)).join(", ") || "–"}</Table.Td>
                  <Table.Td ta="right">{row.now.cost.map((one) => format.money(one)).join(", ") || "–"}</Table.Td>
                </>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface CellProps {
  readonly row: ReportRow;
  readonly outcome: Counted;
  readonly isRate: boolean;
}

function Cell({ row, outcome, isRate }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const rate = isRate ? rateOf(row.now, outcome) : null;
  const change = changeOf(row.now[outcome], row.former[outcome]);
  const before = t("reports.before", {
    n: format.number(row.former[outcome]),
    by: change === null ? "–" : `${change > 0 ? "+" : ""}${format.percent(change)}`,
  });
  return (
    <Table.Td ta="right">
      <Tooltip label={before}>
        <span>{format.number(row.now[outcome])}</span>
      </Tooltip>
      {rate === null ? null : (
        <Text size="xs" c="dimmed">
          {format.percent(rate)}
        </Text>
      )}
    </Table.Td>
  );
}

/** What the line is about, and the way to more of it. */
function RowName({ by, row }: { readonly by: ReportBy; readonly row: ReportRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { days } = route.useSearch();
  const journeys = useQuery({ ...journeysQuery, enabled: by === "journey" });
  if (by === "channel")
    return (
      <TextLink to="/messages/reports" search={{ by: "template", days, channel: row.key }} size="sm">
        <ChannelName channel={row.key} />
      </TextLink>
    );
  if (by === "template")
    return (
      <TextLink to="/messages/reports" search={{ by: "link", days, template: row.key }} size="sm" fw={550}>
        {row.name ?? t("reports.gone")}
      </TextLink>
    );
  if (by === "broadcast")
    return (
      <TextLink to="/messages/broadcasts/$id" params={{ id: row.key }} size="sm" fw={550}>
        {row.name ?? t("reports.gone")}
      </TextLink>
    );
  if (by === "journey")
    return (
      <TextLink to="/journeys/$id" params={{ id: row.key }} size="sm" fw={550}>
        {journeys.data?.items.find(({ id }) => id === row.key)?.name ?? t("reports.gone")}
      </TextLink>
    );
  return <Text size="sm">{by === "day" ? format.day(`${row.key}T12:00:00`) : row.key}</Text>;
}
