import { Button, Group, Progress, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { ImportDetail } from "../../../server/src/imports/contracts.ts";
import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { IMPORTS, importQuery } from "./queries.ts";
import { ReasonList } from "./reasons.tsx";
import { sizeOf, useWords } from "./words.ts";

const route = getRouteApi("/imports/$id");

/** One import: how far it is, what became of its rows, and the mapping it uses. */
export function ImportPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(importQuery(id));
  useLiveQueries({ topics: ["import"] }, [IMPORTS]);
  const before = (
    <TextLink to="/imports" size="sm" c="dimmed">
      ‹ {t("nav.imports")}
    </TextLink>
  );
  return (
    <Page
      title={query.data?.file.name ?? t("imports.one")}
      before={before}
      {...(query.data ? { subtitle: <Subtitle data={query.data} />, actions: <Actions data={query.data} /> } : {})}
    >
      <QueryView query={query} height={320}>
        {(data) => (
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: "start" }}>
            <Stack gap="md">
              <ProgressCard data={data} />
              <ErrorsCard data={data} />
            </Stack>
            <MappingCard data={data} />
          </SimpleGrid>
        )}
      </QueryView>
    </Page>
  );
}

function Subtitle({ data }: { readonly data: ImportDetail }) {
  const { t, i18n } = useTranslation();
  return (
    <Group gap="xs">
      <Status value={data.state}>{t(`imports.state.${data.state}`)}</Status>
      <Text size="sm" c="dimmed">
        {t(`imports.kind.${data.kind}`)} · {sizeOf(data.file.bytes, i18n.language)} ·{" "}
        <When at={data.created_at} c="dimmed" />
      </Text>
    </Group>
  );
}

function Actions({ data }: { readonly data: ImportDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (what: "cancel" | "resume") => call<ImportDetail>("POST", `/v1/imports/${data.id}/${what}`),
    onSuccess: (next) => client.setQueryData(importQuery(data.id).queryKey, next),
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {data.state === "waiting" || data.state === "running" ? (
          <Button variant="default" loading={change.isPending} onClick={() => change.mutate("cancel")}>
            {t("imports.cancel")}
          </Button>
        ) : null}
        {data.state === "cancelled" || data.state === "failed" ? (
          <Button loading={change.isPending} onClick={() => change.mutate("resume")}>
            {t("imports.resume")}
          </Button>
        ) : null}
        <ButtonLink variant="default" to="/imports/new" search={{ like: data.id }}>
          {t("imports.another")}
        </ButtonLink>
      </Group>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
    </Stack>
  );
}

function ProgressCard({ data }: { readonly data: ImportDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const share = data.state === "done" ? 1 : data.bytes_done / data.file.bytes;
  const figures = [
    ["accepted", data.accepted],
    ["repeated", data.repeated],
    ["changed", data.changed],
    ["rejected", data.rejected],
  ] as const;
  return (
    <Card title={t("imports.progress")} aside={<Text fw={600}>{format.percent(share)}</Text>}>
      <Progress
        value={share * 100}
        aria-label={t("imports.progressOf", { name: data.file.name })}
        color={data.state === "done" ? "teal" : data.state === "running" ? "kilim" : "gray"}
      />
      <Text size="sm" c="dimmed">
        {data.rows_estimate !== null && data.state !== "done"
          ? t("imports.rowsOf", { rows: format.number(data.rows), total: format.number(data.rows_estimate) })
          : t("imports.rows", { rows: format.number(data.rows) })}
        {data.state === "running" && data.rows_per_s !== null
          ? ` · ${t("imports.rate", { rate: format.number(Math.round(data.rows_per_s)) })}`
          : ""}
      </Text>
      {data.failure ? (
        <Text size="sm" c="var(--mantine-color-kilim-text)">
          {words("failure", data.failure.code, data.failure.message)}
        </Text>
      ) : null}
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="sm">
        {figures.map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {t(`imports.${name}`)}
            </Text>
            <Text fw={650} size="lg">
              {format.number(value)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Card>
  );
}

function ErrorsCard({ data }: { readonly data: ImportDetail }) {
  const { t } = useTranslation();
  if (data.reasons.length === 0) return null;
  return (
    <Card
      title={t("imports.errors")}
      aside={
        <Button component="a" href={`/v1/imports/${data.id}/errors`} download size="compact-sm" variant="default">
          {t("imports.download")}
        </Button>
      }
    >
      <ReasonList reasons={data.reasons} problems={data.problems} />
    </Card>
  );
}

function MappingCard({ data }: { readonly data: ImportDetail }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Card title={t("imports.mapping")}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("imports.column")}</Table.Th>
            <Table.Th>{t("imports.becomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.columns.map(({ column, field, type }) => {
            const colon = field.indexOf(":");
            const name =
              colon < 0 ? words("field", field) : `${words("field", field.slice(0, colon))}: ${field.slice(colon + 1)}`;
            return (
              <Table.Tr key={column}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{column}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  {name}
                  {type ? (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      {t(`imports.type.${type}`)}
                    </Text>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        {[
          data.options.zone,
          t(`imports.date.${data.options.date}`),
          data.options.currency,
          data.options.historical ? t("imports.asHistory") : t("imports.asLive"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
    </Card>
  );
}
