import { Alert, Anchor, Button, Group, NativeSelect, Paper, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ProductColumn, ProductImport, ProductPreview } from "../../../server/src/catalog/contracts.ts";
import { call, get, type Page as Rows } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { DropFile } from "../imports/drop-file.tsx";
import { Card } from "../parts/card.tsx";
import { errorAt } from "../parts/field-error.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { ShareRead } from "../parts/share-read.tsx";
import { Status } from "../parts/status.tsx";
import { Examples, Refused } from "./preview-rows.tsx";
import { PRODUCT_FIELDS } from "./product-fields.ts";

const route = getRouteApi("/products/import");
const ACCEPTED = ".xml,.rss,.csv,.tsv,.txt,.gz,text/xml,application/xml,text/csv,application/gzip";
const IMPORTS = ["product-imports"] as const;

/** A file goes up, is understood, and is taken in; what was taken in before stands below. */
export function ProductImportPage() {
  const { t } = useTranslation();
  const { file } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (chosen: string | undefined) => void navigate({ search: { file: chosen } });
  return (
    <Page title={t("catalogue.import")} subtitle={t("catalogue.importText")}>
      <Paper p="md">
        {file ? (
          <Mapping key={file} file={file} onDone={() => choose(undefined)} />
        ) : (
          <DropFile about={t("catalogue.dropText")} accept={ACCEPTED} onUploaded={choose} />
        )}
      </Paper>
      <Earlier />
    </Page>
  );
}

function Mapping({ file, onDone }: { readonly file: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [own, setOwn] = useState<readonly ProductColumn[] | null>(null);
  const [options, setOptions] = useState({ currency: "EUR", decimal: "." });
  const preview = useQuery({
    queryKey: ["product-preview", file, own, options],
    queryFn: () =>
      call<ProductPreview>("POST", "/v1/products/imports/preview", {
        file,
        ...(own ? { columns: own } : {}),
        options,
      }),
    enabled: options.currency.length === 3,
    placeholderData: (before) => before,
    retry: false,
  });
  const start = useMutation({
    mutationFn: (columns: readonly ProductColumn[]) =>
      call<ProductImport>("POST", "/v1/products/imports", { file, columns, options }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: IMPORTS });
      onDone();
    },
  });
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          w={260}
          label={t("catalogue.currency")}
          maxLength={3}
          error={errorAt(preview.error, "options.currency")}
          value={options.currency}
          onChange={(event) => setOptions({ ...options, currency: event.currentTarget.value.toUpperCase() })}
        />
        <NativeSelect
          label={t("catalogue.decimal")}
          data={[".", ","]}
          value={options.decimal}
          onChange={(event) => setOptions({ ...options, decimal: event.currentTarget.value })}
        />
      </Group>
      <QueryView query={preview} height={320}>
        {(data) => {
          const columns = own ?? data.suggested;
          const fieldOf = (name: string) => columns.find(({ column }) => column === name)?.field ?? "";
          const set = (column: string, field: string) =>
            setOwn([...columns.filter((one) => one.column !== column), ...(field ? [{ column, field }] : [])]);
          return (
            <Stack gap="md">
              <Table.ScrollContainer
                minWidth={520}
                maxHeight={420}
                scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
              >
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t("catalogue.column")}</Table.Th>
                      <Table.Th>{t("catalogue.samples")}</Table.Th>
                      <Table.Th>{t("catalogue.field")}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {data.found.map(({ name, samples }) => (
                      <Table.Tr key={name}>
                        <Table.Td>{name}</Table.Td>
                        <Table.Td>
                          <Text size="xs" c="dimmed" lineClamp={1}>
                            {samples.join(" · ")}
                          </Text>
                        </Table.Td>
                        <Table.Td>
                          <NativeSelect
                            aria-label={name}
                            value={fieldOf(name)}
                            onChange={(event) => set(name, event.currentTarget.value)}
                            data={[
                              { value: "", label: t("catalogue.leftOut") },
                              ...[...new Set([...PRODUCT_FIELDS, ...columns.map(({ field }) => field)])],
                            ]}
                          />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {data.missing.length > 0 ? (
                <Alert color="orange">{t("catalogue.missing", { fields: data.missing.join(", ") })}</Alert>
              ) : (
                <Text size="sm">{t("catalogue.tried", { taken: data.tried.taken, rows: data.tried.rows })}</Text>
              )}
              <Refused data={data} />
              <Examples rows={data.examples} />
              {start.isError ? <ErrorNotice error={start.error} /> : null}
              <Group gap="sm">
                <Button
                  loading={start.isPending}
                  disabled={preview.isPlaceholderData || data.missing.length > 0 || data.tried.taken === 0}
                  onClick={() => start.mutate(columns)}
                >
                  {t("catalogue.start")}
                </Button>
                <Button variant="default" onClick={onDone}>
                  {t("catalogue.another")}
                </Button>
              </Group>
            </Stack>
          );
        }}
      </QueryView>
    </Stack>
  );
}

function Earlier() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const imports = useQuery({
    queryKey: IMPORTS,
    queryFn: () => get<Rows<ProductImport>>("/v1/products/imports", { limit: 20 }),
  });
  useLiveQueries({ topics: ["product_import"] }, [IMPORTS]);
  const change = useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: "cancel" | "resume" }) =>
      call("POST", `/v1/products/imports/${id}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: IMPORTS }),
  });
  const heads = ["file", "state", "rows", "new", "changed", "refused", "pictures"] as const;
  return (
    <Card title={t("nav.imports")}>
      <QueryView query={imports} height={120}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t("catalogue.none")}</Text>
          ) : (
            <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    {heads.map((head) => (
                      <Table.Th key={head}>{t(`catalogue.${head}`)}</Table.Th>
                    ))}
                    <Table.Td />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((row) => (
                    <Table.Tr key={row.id}>
                      <Table.Td>{row.file_name}</Table.Td>
                      <Table.Td>
                        <State row={row} />
                        {row.failure ? <Text size="xs">{row.failure}</Text> : null}
                      </Table.Td>
                      {[row.rows, row.created, row.updated, row.rejected].map((n, i) => (
                        <Table.Td key={heads[i + 2]}>{format.number(n)}</Table.Td>
                      ))}
                      <Table.Td>
                        {row.pictures.done} / {row.pictures.done + row.pictures.waiting + row.pictures.failed}
                        {row.pictures.failed > 0 ? (
                          <Text size="xs">{t("catalogue.picturesRefused", { count: row.pictures.failed })}</Text>
                        ) : null}
                      </Table.Td>
                      <Table.Td>
                        {row.rejected + row.pictures.failed > 0 ? (
                          <Anchor size="sm" href={`/v1/products/imports/${row.id}/problems.csv`}>
                            {t("catalogue.why")}
                          </Anchor>
                        ) : null}
                        {row.state === "running" || row.state === "waiting" ? (
                          <Button
                            size="compact-sm"
                            variant="default"
                            onClick={() => change.mutate({ id: row.id, verb: "cancel" })}
                          >
                            {t("catalogue.stop")}
                          </Button>
                        ) : null}
                        {row.state === "cancelled" || row.state === "failed" ? (
                          <Button
                            size="compact-sm"
                            variant="default"
                            onClick={() => change.mutate({ id: row.id, verb: "resume" })}
                          >
                            {t("catalogue.resume")}
                          </Button>
                        ) : null}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </QueryView>
    </Card>
  );
}

function State({ row }: { readonly row: ProductImport }) {
  const { t } = useTranslation();
  const state = t(`catalogue.states.${row.state}`);
  if (row.state !== "running" || row.bytes === null) return <Status value={row.state}>{state}</Status>;
  const label = t("imports.progressOf", { name: row.file_name });
  return <ShareRead state={state} label={label} done={row.bytes_done} total={row.bytes} />;
}
