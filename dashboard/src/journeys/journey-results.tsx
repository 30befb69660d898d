import { Alert, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { QueryView } from "../parts/query-view.tsx";
import { ENTRY, nodeAt } from "./graph-edit.ts";
import { resultsQuery } from "./queries.ts";
import type { JourneyView, NodeOf, ResultsView } from "./wire.ts";

type Evaluation = NonNullable<ResultsView["holdout"]>;

/** How the experiment at a step stands; at the entry, what the journey is worth. Nothing where nothing is tested. */
export function JourneyResults({ journey, node }: { readonly journey: JourneyView; readonly node: string }) {
  const results = useQuery(resultsQuery(journey.id));
  return (
    <QueryView query={results} height={120}>
      {({ holdout, experiments }) => {
        if (node === ENTRY) return holdout ? <Results evaluation={holdout} /> : null;
        const found = experiments.find((one) => one.node === node);
        const step = nodeAt(journey.graph, node);
        return found && step?.kind === "experiment" ? (
          <Results evaluation={found.evaluation} settled={found.settled}>
            <OfExperiment found={found} step={step} />
          </Results>
        ) : null;
      }}
    </QueryView>
  );
}

interface ResultsProps {
  readonly evaluation: Evaluation;
  /** What has won by itself. */
  readonly settled?: string | null;
  readonly children?: ReactNode;
}

function Results({ evaluation, settled = null, children }: ResultsProps) {
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
      <Text size="sm">
        {settled === null
          ? t(`results.verdict.${evaluation.verdict}`, { name: nameOf(evaluation.winner ?? "") })
          : t("results.settled", { name: settled })}
      </Text>
      {children}
    </Stack>
  );
}

interface OfExperimentProps {
  readonly found: ResultsView["experiments"][number];
  readonly step: NodeOf<"experiment">;
}

/** Why figures are not trusted, and who is not among those counted. */
function OfExperiment({ found, step }: OfExperimentProps) {
  const { t } = useTranslation();
  const { evaluation, given, left_out: leftOut } = found;
  return (
    <>
      {evaluation.verdict === "sample_ratio" ? <BrokenSplit evaluation={evaluation} step={step} /> : null}
      {given > 0 ? (
        <Text size="sm" c="dimmed">
          {t("results.given", { count: given })}
        </Text>
      ) : null}
      {leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {t("results.leftOut", { count: leftOut })}
        </Text>
      ) : null}
    </>
  );
}

interface BrokenSplitProps {
  readonly evaluation: Evaluation;
  readonly step: NodeOf<"experiment">;
}

/** What was asked for beside what came. */
function BrokenSplit({ evaluation, step: { variants, holdout, winner } }: BrokenSplitProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // Where a winner may get everybody else, those held out are no part of the split.
  const held = holdout && !winner ? holdout.share : 0;
  const all = variants.reduce((sum, { share }) => sum + share, 0);
  const asked = [
    ...(held > 0 ? [{ id: "holdout", name: t("results.holdout"), share: held / 100 }] : []),
    ...variants.map(({ name, share }) => ({ id: name, name, share: ((1 - held / 100) * share) / all })),
  ];
  const peopleOf = (id: string) => evaluation.arms.find((arm) => arm.id === id)?.people ?? 0;
  const people = Math.max(
    1,
    asked.reduce((sum, { id }) => sum + peopleOf(id), 0),
  );
  return (
    <Alert color="orange" role="note">
      {asked.map(({ id, name, share }) => (
        <Text key={id} size="sm">
          {t("results.share", { name, asked: format.percent(share), came: format.percent(peopleOf(id) / people) })}
        </Text>
      ))}
      {winner ? <Text size="sm">{t("results.notSettled")}</Text> : null}
    </Alert>
  );
}
