import { Alert, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { Copyable } from "../parts/copyable.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { type KeyRow, keysQuery } from "./queries.ts";

const NONE: readonly KeyRow[] = [];

/** Write keys are public by nature and can be copied; a secret key is shown once, when it is made. */
export function KeysSettings() {
  const { t } = useTranslation();
  const keys = useQuery(keysQuery);
  const columns = useMemo<readonly TableColumn<KeyRow>[]>(
    () => [
      { id: "name", header: t("settings.keyName"), cell: (row) => <Text size="sm">{row.name}</Text> },
      {
        id: "kind",
        header: t("settings.keyKind"),
        cell: (row) => <Text size="sm">{t(`settings.kind.${row.kind}`)}</Text>,
      },
      {
        id: "value",
        header: t("settings.key"),
        cell: (row) =>
          row.kind === "write" ? (
            <Copyable value={row.hint} shown={mask(row.hint)} />
          ) : (
            <Text size="sm" c="dimmed">
              {row.hint}
            </Text>
          ),
      },
      {
        id: "created",
        header: t("settings.keyCreated"),
        align: "right",
        from: "sm",
        cell: (row) => <When at={row.created_at} />,
      },
    ],
    [t],
  );
  return (
    <Stack maw={860}>
      <Paper p="xs">
        <DataTable
          label={t("settings.keys")}
          source={keys}
          rows={keys.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          empty={<EmptyNotice title={t("settings.noKeys")} />}
        />
      </Paper>
      <NewKey />
      <Text size="sm" c="dimmed">
        {t("settings.writeKeyText")}
      </Text>
    </Stack>
  );
}

function NewKey() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<KeyRow["kind"]>("write");
  const create = useMutation({
    mutationFn: () => call<{ readonly value: string }>("POST", "/v1/keys", { kind, name: name.trim() }),
    onSuccess: async () => {
      setName("");
      await client.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  return (
    <Paper p="md" component="section" aria-label={t("settings.newKey")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h3">
            {t("settings.newKey")}
          </Title>
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t("settings.keyName")}
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label={t("settings.keyKind")}
              allowDeselect={false}
              w={160}
              data={(["write", "secret"] as const).map((value) => ({ value, label: t(`settings.kind.${value}`) }))}
              value={kind}
              onChange={(value) => setKind(value === "secret" ? value : "write")}
            />
            <Button type="submit" loading={create.isPending}>
              {t("settings.createKey")}
            </Button>
          </Group>
          {create.isError ? <ErrorNotice error={create.error} /> : null}
          {create.data ? (
            <Alert color="teal" title={t("settings.keyOnce")}>
              <Copyable value={create.data.value} />
            </Alert>
          ) : null}
        </Stack>
      </form>
    </Paper>
  );
}

const mask = (key: string) => (key.length <= 12 ? key : `${key.slice(0, 6)}…${key.slice(-4)}`);
