import { Button, Group, Modal, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { BlockSummary, BlockView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import { sharedBlocksQuery } from "./queries.ts";

const route = getRouteApi("/messages/blocks");
const NONE: readonly BlockSummary[] = [];

/** What several templates share, and where it is used. */
export function BlocksPage() {
  const { t } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const blocks = useQuery(sharedBlocksQuery);
  useLiveQueries({ topics: ["block"] }, [sharedBlocksQuery.queryKey]);
  const show = (isShown: boolean) => void navigate({ search: { action: isShown ? "create" : undefined } });
  useCommands([{ id: "create", keys: "c", group: "here", label: t("blocks.create"), run: () => show(true) }]);
  const button = <Button onClick={() => show(true)}>{t("blocks.create")}</Button>;
  const columns = useMemo<readonly TableColumn<BlockSummary>[]>(
    () => [
      {
        id: "name",
        header: t("blocks.name"),
        sortBy: (row) => row.name,
        cell: (row) => (
          <TextLink to="/messages/blocks/$id" params={{ id: row.id }} size="sm" fw={550}>
            {row.name}
          </TextLink>
        ),
      },
      {
        id: "key",
        header: t("blocks.key"),
        from: "sm",
        cell: (row) => (
          <Text size="sm" ff="monospace">
            {row.key}
          </Text>
        ),
      },
      {
        id: "uses",
        header: t("blocks.uses"),
        sortBy: (row) => row.uses,
        cell: (row) => <Uses block={row} />,
      },
      {
        id: "updated",
        header: t("messages.updated"),
        align: "right",
        from: "sm",
        sortBy: (row) => row.updated_at,
        cell: (row) => <When at={row.updated_at} />,
      },
    ],
    [t],
  );
  return (
    <Page
      title={t("blocks.title")}
      subtitle={t("blocks.subtitle")}
      actions={button}
      before={
        <TextLink to="/messages/templates" size="sm" c="dimmed">
          ‹ {t("messages.tab.templates")}
        </TextLink>
      }
    >
      <Paper p="xs">
        <DataTable
          label={t("blocks.title")}
          source={blocks}
          rows={blocks.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/messages/blocks/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("blocks.none")} action={button}>
              {t("blocks.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
      <CreateDialog isOpen={action === "create"} onClose={() => show(false)} />
    </Page>
  );
}

/** In how many templates a block is, and how far its newest version has come. */
export function Uses({ block }: { readonly block: Pick<BlockSummary, "uses" | "behind" | "problems"> }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {[
        t("blocks.usesCount", { count: block.uses }),
        ...(block.behind > 0 ? [t("blocks.behind", { count: block.behind })] : []),
        ...(block.problems > 0 ? [t("blocks.problems", { count: block.problems })] : []),
      ].join(" · ")}
    </Text>
  );
}

function CreateDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [typed, setTyped] = useState<string | null>(null);
  const key = typed ?? keyOf(name);
  const create = useMutation({
    mutationFn: () => call<BlockView>("POST", "/v1/blocks", { key, name, contents: { en: { text: name } } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: sharedBlocksQuery.queryKey });
      await navigate({ to: "/messages/blocks/$id", params: { id } });
    },
  });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("blocks.create")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t("blocks.name")}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          label={t("blocks.key")}
          description={t("blocks.keyHint", { example: `{{ shared.${key || "header"} }}` })}
          value={key}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        {create.isError ? <ErrorNotice error={create.error} /> : null}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={create.isPending}
            disabled={name.trim() === "" || !/^[a-z][a-z0-9_]+$/.test(key)}
          >
            {t("blocks.create")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A name as a key: small letters of the Latin alphabet and underscores. */
function keyOf(name: string): string {
  return name
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, 40);
}
