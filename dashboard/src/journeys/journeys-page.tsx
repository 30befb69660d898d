import { Button, FileButton, Group, Paper, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { call, Problem } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { useCommands } from "../shell/commands.ts";
import { journeysQuery } from "./queries.ts";
import { readObject } from "./read-object.ts";
import type { JourneyGraph, JourneyRow, JourneyView } from "./wire.ts";

const NONE: readonly JourneyRow[] = [];

/** Who has just bought comes in and goes out again: the smallest journey there is, to be built upon. */
const BLANK: JourneyGraph = {
  entry: { kind: "event", event: "Order Completed" },
  exit_when_leaves: false,
  reentry: { mode: "never" },
  start: "exit_1",
  nodes: { exit_1: { kind: "exit" } },
};

export function JourneysPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const journeys = useQuery(journeysQuery);
  useLiveQueries({ topics: ["journey"] }, [journeysQuery.queryKey]);
  const create = useMutation({
    mutationFn: () => call<JourneyView>("POST", "/v1/journeys", { name: t("journeys.untitled"), graph: BLANK }),
    onSuccess: async (journey) => {
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      await navigate({ to: "/journeys/$id", params: { id: journey.id }, search: { mode: "edit" } });
    },
  });
  useCommands([{ id: "create", keys: "c", group: "here", label: t("journeys.create"), run: () => create.mutate() }]);
  const columns = useColumns();
  const take = useMutation({
    mutationFn: async (file: File | null) => {
      if (!file) return null;
      const read = readObject(await file.text());
      if (!read) throw new Problem(0, "not_json", t("canvas.notAFile", { name: file.name }));
      return call<JourneyView>("POST", "/v1/journeys/import", read);
    },
    onSuccess: async (journey) => {
      if (!journey) return;
      await client.invalidateQueries({ queryKey: journeysQuery.queryKey });
      await navigate({ to: "/journeys/$id", params: { id: journey.id }, search: { mode: "edit" } });
    },
  });
  const button = (
    <Group gap="xs">
      <Button variant="default" onClick={() => void navigate({ to: "/journeys/library" })}>
        {t("canvas.gallery")}
      </Button>
      <FileButton accept="application/json,.json" onChange={(file) => take.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" loading={take.isPending}>
            {t("canvas.import")}
          </Button>
        )}
      </FileButton>
      <Button loading={create.isPending} onClick={() => create.mutate()}>
        {t("journeys.create")}
      </Button>
    </Group>
  );
  return (
    <Page title={t("nav.journeys")} subtitle={t("journeys.subtitle")} actions={button}>
      {take.isError ? <ErrorNotice error={take.error} /> : null}
      {create.isError ? <ErrorNotice error={create.error} /> : null}
      <Paper p="xs">
        <DataTable
          label={t("nav.journeys")}
          source={journeys}
          rows={journeys.data?.items ?? NONE}
          columns={columns}
          rowId={(journey) => journey.id}
          onOpen={(journey) => void navigate({ to: "/journeys/$id", params: { id: journey.id } })}
          empty={
            <EmptyNotice title={t("journeys.empty")} action={button}>
              {t("journeys.emptyText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}

function useColumns(): readonly TableColumn<JourneyRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `label` follows the language, as `t` does
  return useMemo(
    () => [
      {
        id: "name",
        header: t("journeys.name"),
        sortBy: (journey) => journey.name,
        cell: (journey) => (
          <TextLink to="/journeys/$id" params={{ id: journey.id }} size="sm" fw={550}>
            {journey.name}
          </TextLink>
        ),
      },
      {
        id: "status",
        header: t("journeys.status"),
        sortBy: (journey) => journey.status,
        cell: (journey) => <Status value={journey.status}>{label("journey_status", journey.status)}</Status>,
      },
      ...(["entered", "active", "converted"] as const).map(
        (key): TableColumn<JourneyRow> => ({
          id: key,
          header: t(`journeys.${key}`),
          align: "right",
          ...(key === "active" ? {} : { from: "sm" as const }),
          sortBy: (journey) => journey[key],
          cell: (journey) => <Text size="sm">{format.number(journey[key])}</Text>,
        }),
      ),
      {
        id: "rate",
        header: t("journeys.rate"),
        align: "right",
        from: "md",
        sortBy: (journey) => share(journey),
        cell: (journey) => <Text size="sm">{journey.entered === 0 ? "–" : format.percent(share(journey))}</Text>,
      },
    ],
    [t, format],
  );
}

const share = (journey: JourneyRow) => (journey.entered === 0 ? 0 : journey.converted / journey.entered);
