import { Button, Group, Modal, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { isTaken, LISTS, type ListView } from "./queries.ts";

const route = getRouteApi("/segments/lists");

/** People chosen by hand or by file, for segments to ask for. */
export function ListsPage() {
  const { t } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const lists = usePages<ListView>(LISTS, "/v1/lists");
  useLiveQueries({ topics: ["list"] }, [LISTS]);
  const columns = useColumns();
  const ask = (asked: "create" | undefined) => void navigate({ search: { action: asked }, replace: true });
  const create = <Button onClick={() => ask("create")}>{t("lists.create")}</Button>;
  return (
    <Page
      title={t("lists.title")}
      subtitle={t("lists.subtitle")}
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
      actions={create}
    >
      <Paper p="xs">
        <DataTable
          label={t("lists.title")}
          source={lists}
          rows={itemsOf(lists.data)}
          columns={columns}
          rowId={(list) => list.id}
          onOpen={(list) => void navigate({ to: "/segments/lists/$id", params: { id: list.id } })}
          empty={
            <EmptyNotice title={t("lists.empty")} action={create}>
              {t("lists.emptyText")}
            </EmptyNotice>
          }
        />
      </Paper>
      {action === "create" ? <NewList onClose={() => ask(undefined)} /> : null}
    </Page>
  );
}

function NewList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: () => call<ListView>("POST", "/v1/lists", { name: name.trim() }),
    onSuccess: async (list) => {
      await client.invalidateQueries({ queryKey: LISTS });
      await navigate({ to: "/segments/lists/$id", params: { id: list.id } });
    },
  });
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ "aria-label": t("action.close") }} title={t("lists.create")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t("lists.name")}
            placeholder={t("lists.namePlaceholder")}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isTaken(create.error) ? t("lists.nameTaken") : null}
          />
          {create.isError && !isTaken(create.error) ? <ErrorNotice error={create.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" disabled={name.trim() === ""} loading={create.isPending}>
              {t("lists.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useColumns(): readonly TableColumn<ListView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("lists.name"),
        grow: true,
        cell: (list) => (
          <TextLink to="/segments/lists/$id" params={{ id: list.id }} size="sm" fw={550}>
            {list.name}
          </TextLink>
        ),
      },
      {
        id: "used",
        header: t("lists.usedBy"),
        from: "sm",
        cell: (list) => (
          <Text size="sm" c="dimmed" lineClamp={1}>
            {list.used_by.map((segment) => segment.name).join(", ") || "–"}
          </Text>
        ),
      },
      {
        id: "size",
        header: t("segments.size"),
        align: "right",
        cell: (list) => (
          <Text size="sm" fw={600}>
            {format.number(list.size)}
          </Text>
        ),
      },
      {
        id: "made",
        header: t("lists.made"),
        align: "right",
        from: "sm",
        cell: (list) => <When at={list.created_at} />,
      },
    ],
    [t, format],
  );
}
