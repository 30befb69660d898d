import { Alert, Button, Drawer, Group, SegmentedControl, Select, Stack, Table, Text } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { rulesQuery } from "../identity/queries.ts";
import { useTypeName } from "../identity/type-name.ts";
import { DropFile, TABLE_FILES } from "../imports/drop-file.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { LISTS, type ListUploadView, type ListView, type UploadChoice, uploadPreviewQuery } from "./queries.ts";

interface UploadDrawerProps {
  readonly list: ListView;
  readonly onClose: () => void;
}

/** A file goes up, its column of identifiers is chosen, its first rows are tried; then the worker takes it. */
export function UploadDrawer({ list, onClose }: UploadDrawerProps) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<UploadChoice | null>(null);
  return (
    <Drawer
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      position="right"
      size="xl"
      title={t("lists.uploadTo", { name: list.name })}
    >
      {choice === null ? (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t("lists.uploadHint")}
          </Text>
          <DropFile
            about={t("imports.dropText")}
            accept={TABLE_FILES}
            onUploaded={(file) => setChoice({ file, column: undefined, type: undefined })}
          />
        </Stack>
      ) : (
        <Tried list={list} choice={choice} onChoose={setChoice} onClose={onClose} />
      )}
    </Drawer>
  );
}

interface TriedProps extends UploadDrawerProps {
  readonly choice: UploadChoice;
  readonly onChoose: (choice: UploadChoice | null) => void;
}

function Tried({ list, choice, onChoose, onClose }: TriedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const typeName = useTypeName();
  const client = useQueryClient();
  const [action, setAction] = useState<"add" | "remove">("add");
  const rules = useQuery(rulesQuery);
  const preview = useQuery({ ...uploadPreviewQuery(choice), placeholderData: keepPreviousData });
  const start = useMutation({
    mutationFn: (what: { readonly column: string; readonly type: string }) =>
      call<ListUploadView>("POST", `/v1/lists/${list.id}/uploads`, { file: choice.file, ...what, action }),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: LISTS });
    },
  });
  return (
    <QueryView query={preview} height={320}>
      {({ columns, column, type, tried, unmatched }) => (
        <Stack gap="md">
          <Select
            label={t("lists.column")}
            allowDeselect={false}
            searchable
            value={column}
            data={columns.map(({ name, samples }) => ({
              value: name,
              label: samples.length > 0 ? `${name} (${samples.join(", ").slice(0, 60)})` : name,
            }))}
            onChange={(next) => onChoose({ ...choice, column: next ?? column })}
          />
          <Select
            label={t("lists.type")}
            description={t("lists.typeHint")}
            allowDeselect={false}
            value={type}
            data={[
              ...(rules.data?.types ?? []).map((one) => ({ value: one.type, label: typeName(one.type) })),
              { value: "profile_id", label: t("lists.profileId") },
            ]}
            onChange={(next) => onChoose({ ...choice, column, type: next ?? type })}
          />
          <SegmentedControl
            aria-label={t("lists.action")}
            value={action}
            data={[
              { value: "add", label: t("lists.add") },
              { value: "remove", label: t("lists.takeOff") },
            ]}
            onChange={(value) => setAction(value === "remove" ? "remove" : "add")}
          />
          <Alert color={tried.matched === 0 ? "orange" : "teal"} aria-live="polite">
            {t(tried.whole ? "lists.triedAll" : "lists.triedFirst", {
              rows: format.number(tried.rows),
              matched: format.number(tried.matched),
              missing: format.number(tried.rows - tried.matched),
            })}
          </Alert>
          {unmatched.length > 0 ? (
            <Table.ScrollContainer minWidth={240} mah={260}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("lists.row")}</Table.Th>
                    <Table.Th>{t("lists.nobodyKnown")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {unmatched.map((row) => (
                    <Table.Tr key={row.row}>
                      <Table.Td>{format.number(row.row)}</Table.Td>
                      <Table.Td style={{ overflowWrap: "anywhere" }}>{row.value || t("lists.emptyCell")}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          ) : null}
          {start.isError ? <ErrorNotice error={start.error} /> : null}
          <Group justify="space-between">
            <Button variant="default" onClick={() => onChoose(null)}>
              {t("lists.otherFile")}
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate({ column, type })}>
              {t(action === "add" ? "lists.start" : "lists.startRemoving")}
            </Button>
          </Group>
        </Stack>
      )}
    </QueryView>
  );
}
