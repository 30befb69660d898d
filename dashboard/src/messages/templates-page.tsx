import { Badge, Button, Group, Paper, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { TemplateView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import { MessagesNav } from "./messages-nav.tsx";
import { type TemplateRow, templatesQuery } from "./queries.ts";
import { STARTER_BODY } from "./starter-body.ts";

const NONE: readonly TemplateRow[] = [];

export function TemplatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const templates = useQuery(templatesQuery);
  const create = useMutation({
    mutationFn: () =>
      call<TemplateView>("POST", "/v1/templates", {
        name: t("messages.untitled"),
        contents: { en: { subject: 'Hello {{ person.first_name | default: "there" }}', body: STARTER_BODY } },
      }),
    onSuccess: async (template) => {
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
      await navigate({ to: "/messages/templates/$id", params: { id: template.id } });
    },
  });
  useCommands([{ id: "create", keys: "c", group: "here", label: t("messages.create"), run: () => create.mutate() }]);
  const button = (
    <Button loading={create.isPending} onClick={() => create.mutate()}>
      {t("messages.create")}
    </Button>
  );
  const columns = useMemo<readonly TableColumn<TemplateRow>[]>(
    () => [
      {
        id: "name",
        header: t("messages.name"),
        sortBy: (row) => row.name,
        cell: (row) => (
          <TextLink to="/messages/templates/$id" params={{ id: row.id }} size="sm" fw={550}>
            {row.name}
          </TextLink>
        ),
      },
      {
        id: "purpose",
        header: t("messages.purpose"),
        from: "sm",
        sortBy: (row) => row.purpose,
        cell: (row) => <Text size="sm">{t(`messages.${row.purpose}`)}</Text>,
      },
      {
        id: "languages",
        header: t("messages.languages"),
        from: "xs",
        cell: (row) => (
          <Group gap={4}>
            {row.languages.map((language) => (
              <Badge key={language} variant="default" size="sm" radius="sm">
                {language}
              </Badge>
            ))}
          </Group>
        ),
      },
      {
        id: "updated",
        header: t("messages.updated"),
        align: "right",
        sortBy: (row) => row.updated_at,
        cell: (row) => <When at={row.updated_at} />,
      },
    ],
    [t],
  );
  return (
    <Page title={t("nav.messages")} subtitle={t("messages.templatesText")} actions={button}>
      <MessagesNav active="templates" />
      {create.isError ? <ErrorNotice error={create.error} /> : null}
      <Paper p="xs">
        <DataTable
          label={t("messages.tab.templates")}
          source={templates}
          rows={templates.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/messages/templates/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("messages.noTemplates")} action={button}>
              {t("messages.noTemplatesText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Page>
  );
}
