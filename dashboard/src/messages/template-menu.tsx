import { Button, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconCopy } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { TemplateView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { announce } from "../shell/announce.ts";
import { templateQuery, templatesQuery } from "./queries.ts";

/** What can be done with a template as a whole. */
export function TemplateMenu({ template }: { readonly template: TemplateView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const isArchived = template.archived_at !== null;
  const refresh = () => client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true });
  const archive = useMutation({
    mutationFn: () =>
      call<TemplateView>("POST", `/v1/templates/${template.id}/${isArchived ? "unarchive" : "archive"}`),
    onSuccess: async (view) => {
      client.setQueryData(templateQuery(template.id).queryKey, view);
      await refresh();
      announce(t(isArchived ? "messages.unarchived" : "messages.archived", { name: template.name }));
    },
  });
  const duplicate = useMutation({
    mutationFn: () =>
      call<TemplateView>("POST", `/v1/templates/${template.id}/duplicate`, {
        name: t("messages.copyOf", { name: template.name }).slice(0, 120),
      }),
    onSuccess: async ({ id, name }) => {
      await refresh();
      await navigate({ to: "/messages/templates/$id", params: { id } });
      announce(t("messages.duplicated", { name }));
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" px="sm" aria-label={t("messages.more")} title={t("messages.more")}>
          …
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => duplicate.mutate()}>
          {t("messages.duplicate")}
        </Menu.Item>
        <Menu.Item
          leftSection={isArchived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />}
          onClick={() => archive.mutate()}
        >
          {t(isArchived ? "messages.unarchive" : "messages.archive")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
