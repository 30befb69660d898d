import { Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { HoldoutResults } from "../../../server/src/insight/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { QueryView } from "../parts/query-view.tsx";
import { holdoutResultsQuery } from "./queries.ts";

/** Who gets marketing beside who is held out of it, and what may be claimed of the difference. */
export function MarketingWorth() {
  const results = useQuery(holdoutResultsQuery);
  return (
    <QueryView query={results} height={140}>
      {(data) => (data.since === null ? null : <Worth results={data} since={data.since} />)}
    </QueryView>
  );
}

function Worth({ results, since }: { readonly results: HoldoutResults; readonly since: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { arms, currency } = results;
  return (
    <Stack gap={4} mt="md">
      <Text size="sm" fw={600}>
        {t("sending.worth.since", { day: format.day(since) })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("sending.worth.known")}
      </Text>
      <Table.ScrollContainer minWidth={360} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("sending.worth.group")}</Table.Th>
              {(["people", "bought", "perPerson"] as const).map((column) => (
                <Table.Th key={column} ta="right">
                  {t(`sending.worth.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {arms.map(({ id, people, buyers, revenue }) => (
              <Table.Tr key={id}>
                <Table.Td>{t(`sending.worth.${id}`)}</Table.Td>
                <Table.Td ta="right">{format.number(people)}</Table.Td>
                <Table.Td ta="right">{format.percent(people === 0 ? 0 : buyers / people)}</Table.Td>
                <Table.Td ta="right">
                  {format.money({ amount: people === 0 ? 0 : revenue / people, currency })}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm">{useVerdict(results)}</Text>
    </Stack>
  );
}

function useVerdict({ evaluation }: HoldoutResults): string {
  const { t } = useTranslation();
  const format = useFormat();
  const [comparison] = evaluation?.comparisons ?? [];
  if (!evaluation || !comparison || evaluation.verdict === "too_little") return t("sending.worth.too_little");
  if (evaluation.verdict === "sample_ratio") return t("sending.worth.sample_ratio");
  const points = (share: number) => format.number(Math.round(share * 1000) / 10);
  const { difference, sequential } = comparison;
  return t("sending.worth.difference", {
    difference: points(difference),
    low: points(sequential.low),
    high: points(sequential.high),
  });
}
