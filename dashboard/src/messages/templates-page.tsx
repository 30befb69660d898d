import { Badge, Group, Paper, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { useCommands } from "../shell/commands.ts";
import { MessagesNav } from "./messages-nav.tsx";
import { archivedTemplatesQuery, type TemplateRow, templatesQuery } from "./queries.ts";

const route = getRouteApi("/messages/templates");
const NONE: readonly TemplateRow[] = [];

/** What messages say, on every channel. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const templates = useQuery(show === "archived" ? archivedTemplatesQuery : templatesQuery);
  const create = () => void navigate({ to: "/messages/templates/new" });
  useCommands([{ id: "create", keys: "c", group: "here", label: t("messages.create"), run: create }]);
  const columns = useColumns();
  const actions = (
    <>
      <ButtonLink to="/messages/brand" variant="default">
        {t("brand.title")}
      </ButtonLink>
      <ButtonLink to="/messages/blocks" variant="default">
        {t("blocks.title")}
      </ButtonLink>
      <ButtonLink to="/messages/templates/new">{t("messages.create")}</ButtonLink>
    </>
  );
  return (
    <Page title={t("nav.messages")} subtitle={t("messages.templatesText")} actions={actions}>
      <MessagesNav active="templates" />
      <Paper p="xs">
        <DataTable
          label={t("messages.tab.templates")}
          source={templates}
          rows={templates.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/messages/templates/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice
              title={t(show === "archived" ? "messages.noArchived" : "messages.noTemplates")}
              action={<ButtonLink to="/messages/templates/new">{t("messages.create")}</ButtonLink>}
            >
              {t("composer.galleryText")}
            </EmptyNotice>
          }
        />
      </Paper>
      <TextLink
        to="/messages/templates"
        search={{ show: show === "archived" ? undefined : "archived" }}
        size="sm"
        c="dimmed"
      >
        {t(show === "archived" ? "messages.showCurrent" : "messages.showArchived")}
      </TextLink>
    </Page>
  );
}

function useColumns(): readonly TableColumn<TemplateRow>[] {
  const { t } = useTranslation();
  return useMemo<readonly TableColumn<TemplateRow>[]>(
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
        id: "channel",
        header: t("composer.channel"),
        sortBy: (row) => row.channel,
        cell: (row) => <Text size="sm">{t(`composer.channels.${row.channel}`)}</Text>,
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
        from: "sm",
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
}
