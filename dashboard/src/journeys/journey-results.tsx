import { Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { QueryView } from "../parts/query-view.tsx";
import { ENTRY } from "./graph-edit.ts";
import { resultsQuery } from "./queries.ts";
import type { ResultsView } from "./wire.ts";

type Evaluation = NonNullable<ResultsView["holdout"]>;

/** How the experiment at a step stands; at the entry, what the journey is worth. Nothing where nothing is tested. */
export function JourneyResults({ journeyId, node }: { readonly journeyId: string; readonly node: string }) {
  const results = useQuery(resultsQuery(journeyId));
  return (
    <QueryView query={results} height={120}>
      {({ holdout, experiments }) => {
        if (node === ENTRY) return holdout ? <Results evaluation={holdout} leftOut={0} /> : null;
        const found = experiments.find((one) => one.node === node);
        return found ? <Results evaluation={found.evaluation} leftOut={found.left_out} /> : null;
      }}
    </QueryView>
  );
}

function Results({ evaluation, leftOut }: { readonly evaluation: Evaluation; readonly leftOut: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = (id: string) => (id === "holdout" || id === "journey" ? t(`results.${id}`) : id);
  return (
    <Stack gap="xs" mb="md">
      <Title order={3} size="h4">
        {t("results.title")}
      </Title>
      <Table.ScrollContainer minWidth={440} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("results.way")}</Table.Th>
              {(["people", "reached", "between", "best"] as const).map((column) => (
                <Table.Th key={column} ta="right">
                  {t(`results.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {evaluation.arms.map(({ id, people, rate, interval, best }) => (
              <Table.Tr key={id}>
                <Table.Td>{nameOf(id)}</Table.Td>
                <Table.Td ta="right">{format.number(people)}</Table.Td>
                <Table.Td ta="right">{format.percent(rate)}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                  {format.percent(interval.low)} – {format.percent(interval.high)}
                </Table.Td>
                <Table.Td ta="right">{format.percent(best)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {t("results.leftOut", { count: leftOut })}
        </Text>
      ) : null}
      <Text size="sm">{t(`results.verdict.${evaluation.verdict}`, { name: nameOf(evaluation.winner ?? "") })}</Text>
    </Stack>
  );
}
