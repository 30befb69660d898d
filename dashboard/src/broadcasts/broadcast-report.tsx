import { Badge, Button, Group, Paper, Stack, Table, Text, Title, Tooltip } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { SkipReasons } from "../messages/skip-reasons.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { BROADCASTS, type BroadcastReport, type BroadcastView, broadcastReportQuery } from "./queries.ts";

const OUTCOMES = ["sent", "delivered", "opened", "clicked", "converted", "unsubscribed", "bounced", "failed"] as const;

interface ReportProps {
  readonly broadcast: BroadcastView;
}

/** What came of it, variant by variant; each heading says what it counts. */
export function BroadcastReportView({ broadcast }: ReportProps) {
  const { t } = useTranslation();
  const report = useQuery(broadcastReportQuery(broadcast.id));
  return (
    <Paper p="md" component="section" aria-label={t("broadcasts.report")}>
      <Stack gap="md">
        <Title order={2}>{t("broadcasts.report")}</Title>
        <QueryView query={report}>
          {(data) => (
            <Stack gap="lg">
              <Outcomes broadcast={broadcast} report={data} />
              <SkipReasons skipped={data.skipped} />
              <Links report={data} />
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Paper>
  );
}

interface PartProps {
  readonly report: BroadcastReport;
}

function Outcomes({ broadcast, report }: ReportProps & PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { held_out } = report;
  const revenue = (money: BroadcastReport["held_out"]["revenue"]) =>
    money.map((value) => format.money(value)).join(", ") || "–";
  return (
    <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t("broadcasts.report")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("broadcasts.variantHead")}</Table.Th>
            {OUTCOMES.map((outcome) => (
              <Table.Th key={outcome} ta="right">
                <Tooltip label={t(`broadcasts.meaning.${outcome}`)} multiline maw={260}>
                  <span>{t(`broadcasts.outcome.${outcome}`)}</span>
                </Tooltip>
              </Table.Th>
            ))}
            <Table.Th ta="right">{t("broadcasts.outcome.revenue")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.variants.map((row) => (
            <Table.Tr key={row.variant}>
              <Table.Td>
                <VariantName broadcast={broadcast} variant={row.variant} />
              </Table.Td>
              {OUTCOMES.map((outcome) => (
                <Table.Td key={outcome} ta="right">
                  {format.number(row[outcome])}
                  {outcome !== "sent" && row.sent > 0 ? (
                    <Text size="xs" c="dimmed">
                      {format.percent(row[outcome] / row.sent)}
                    </Text>
                  ) : null}
                </Table.Td>
              ))}
              <Table.Td ta="right">{revenue(row.revenue)}</Table.Td>
            </Table.Tr>
          ))}
          {held_out.people > 0 ? (
            <Table.Tr>
              <Table.Td>{t("broadcasts.heldOut", { n: format.number(held_out.people) })}</Table.Td>
              {OUTCOMES.map((outcome) => (
                <Table.Td key={outcome} ta="right">
                  {outcome === "converted" ? (
                    <>
                      {format.number(held_out.converted)}
                      <Text size="xs" c="dimmed">
                        {format.percent(held_out.converted / held_out.people)}
                      </Text>
                    </>
                  ) : (
                    "–"
                  )}
                </Table.Td>
              ))}
              <Table.Td ta="right">{revenue(held_out.revenue)}</Table.Td>
            </Table.Tr>
          ) : null}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function VariantName({ broadcast, variant }: ReportProps & { readonly variant: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const pick = useMutation({
    mutationFn: () => call("POST", `/v1/broadcasts/${broadcast.id}/winner`, { variant }),
    onSuccess: () => client.invalidateQueries({ queryKey: BROADCASTS }),
  });
  const template = broadcast.variants.find(({ key }) => key === variant)?.template_name;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={550}>
        {broadcast.variants.length > 1 ? `${variant} · ${template ?? ""}` : template}
      </Text>
      {broadcast.winner === variant ? (
        <Badge color="teal" variant="light" tt="none">
          {t(`broadcasts.won.${(broadcast.winner_reason ?? "time") as "time"}`)}
        </Badge>
      ) : null}
      {broadcast.state === "testing" ? (
        <Button size="compact-xs" variant="default" loading={pick.isPending} onClick={() => pick.mutate()}>
          {t("broadcasts.pick")}
        </Button>
      ) : null}
    </Group>
  );
}

function Links({ report }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report.links.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={360} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t("broadcasts.links")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("broadcasts.links")}</Table.Th>
            <Table.Th ta="right">{t("broadcasts.outcome.clicked")}</Table.Th>
            <Table.Th ta="right">{t("broadcasts.clicks")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.links.map((link) => (
            <Table.Tr key={link.url}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{link.url}</Table.Td>
              <Table.Td ta="right">{format.number(link.messages)}</Table.Td>
              <Table.Td ta="right">{format.number(link.clicks)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
