import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Drawer,
  Group,
  MultiSelect,
  SegmentedControl,
  Stack,
  Text,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ExportBody, ExportView } from "../../../../server/src/segments/contracts.ts";
import { call } from "../../api/http.ts";
import { useLiveQueries } from "../../api/live-queries.ts";
import { useFormat } from "../../i18n/format.ts";
import { humanise, useLabel } from "../../i18n/label.ts";
import { rulesQuery } from "../../identity/queries.ts";
import { useTypeName } from "../../identity/type-name.ts";
import { JobLine } from "../../parts/job-line.tsx";
import { ErrorNotice } from "../../parts/notices.tsx";
import { type Segment, vocabularyQuery } from "../queries.ts";
import { exportsQuery } from "./queries.ts";

const OWN = ["profile_id", "name", "entered_at", "first_seen", "last_seen"] as const;
const COMPUTED = ["orders", "revenue", "currency", "first_order_at", "last_order_at", "preferred_channel"] as const;
const CONSENTS = ["email", "sms", "whatsapp", "push"] as const;
const FIRST = ["name", "identifier:email", "identifier:phone", "entered_at"];

/** Its people as a file: which columns, what for, how far it is, and the file while it can be fetched. */
export function ExportDrawer({ segment, onClose }: { readonly segment: Segment; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [columns, setColumns] = useState<readonly string[]>(FIRST);
  const [delimiter, setDelimiter] = useState<ExportBody["delimiter"]>(",");
  const [bom, setBom] = useState(true);
  const query = exportsQuery(segment.id);
  const exports = useQuery(query);
  useLiveQueries({ topics: ["export"] }, [query.queryKey]);
  const start = useMutation({
    mutationFn: () => call<ExportView>("POST", `/v1/segments/${segment.id}/exports`, { columns, delimiter, bom }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const change = useMutation({
    mutationFn: ({ id, what }: { readonly id: string; readonly what: "cancel" | "resume" }) =>
      call<ExportView>("POST", `/v1/exports/${id}/${what}`),
    onSettled: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      position="right"
      size="lg"
      title={t("segmentPage.export.title")}
    >
      <Stack gap="md">
        <Alert color="gray">{t("segmentPage.export.hint")}</Alert>
        <MultiSelect
          label={t("segmentPage.export.columns")}
          searchable
          value={[...columns]}
          data={useColumnChoices()}
          maxValues={50}
          onChange={setColumns}
        />
        <Group gap="md" align="flex-end">
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t("segmentPage.export.delimiter")}
            </Text>
            <SegmentedControl
              aria-label={t("segmentPage.export.delimiter")}
              value={delimiter}
              data={[
                { value: ",", label: t("segmentPage.export.comma") },
                { value: ";", label: t("segmentPage.export.semicolon") },
                { value: "\t", label: t("segmentPage.export.tab") },
              ]}
              onChange={(value) => setDelimiter(value === ";" || value === "\t" ? value : ",")}
            />
          </div>
          <Checkbox
            label={t("segmentPage.export.bom")}
            checked={bom}
            onChange={(event) => setBom(event.currentTarget.checked)}
          />
        </Group>
        {start.isError ? <ErrorNotice error={start.error} /> : null}
        {change.isError ? <ErrorNotice error={change.error} /> : null}
        <Group justify="flex-end">
          <Button disabled={columns.length === 0} loading={start.isPending} onClick={() => start.mutate()}>
            {t("segmentPage.export.start", { count: segment.size, shown: format.number(segment.size) })}
          </Button>
        </Group>
        {exports.data?.items.map((one) => (
          <JobLine
            key={one.id}
            label={t("segmentPage.export.columnCount", { count: one.columns.length })}
            state={one.state}
            done={one.done}
            total={one.total}
            failure={one.failure}
            at={one.created_at}
            onChange={(what) => change.mutate({ id: one.id, what })}
          >
            {one.state === "done" && one.expires_at ? (
              <Text size="sm">
                <Anchor size="sm" underline="always" href={`/v1/exports/${one.id}/file`} download>
                  {t("segmentPage.export.fetch")}
                </Anchor>{" "}
                <Text span size="xs" c="dimmed">
                  {t("segmentPage.export.expires", { ago: format.ago(one.expires_at) })}
                </Text>
              </Text>
            ) : null}
          </JobLine>
        ))}
      </Stack>
    </Drawer>
  );
}

function useColumnChoices() {
  const { t } = useTranslation();
  const label = useLabel();
  const typeName = useTypeName();
  const vocabulary = useQuery(vocabularyQuery);
  const rules = useQuery(rulesQuery);
  const group = (
    key: "own" | "identifiers" | "traits" | "computed" | "consent",
    items: { value: string; label: string }[],
  ) => ({
    group: t(`segmentPage.export.group.${key}`),
    items,
  });
  return [
    group(
      "own",
      OWN.map((value) => ({ value, label: t(`segmentPage.export.own.${value}`) })),
    ),
    group(
      "identifiers",
      (rules.data?.types ?? []).map(({ type }) => ({ value: `identifier:${type}`, label: typeName(type) })),
    ),
    group(
      "traits",
      (vocabulary.data?.traits ?? []).map(({ name }) => ({ value: `trait:${name}`, label: humanise(name) })),
    ),
    group(
      "computed",
      COMPUTED.map((name) => ({ value: `computed:${name}`, label: t(`segmentPage.export.computed.${name}`) })),
    ),
    group(
      "consent",
      CONSENTS.map((name) => ({
        value: `consent:${name}`,
        label: t("segmentPage.export.consentFor", { channel: label("channel", name) }),
      })),
    ),
  ];
}
