import { Box, Button, Group, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TemplateView, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { useCommands } from "../shell/commands.ts";
import { CodeArea } from "./code-area.tsx";
import { templateQuery, templatesQuery } from "./queries.ts";
import classes from "./template-editor.module.css";
import { TemplatePreview } from "./template-preview.tsx";

const route = getRouteApi("/messages/templates/$id");
const OFFERED = ["en", "tr", "id", "de", "fr", "es"];

type Content = WrittenOf<"email">;
type Draft = Pick<TemplateView, "name" | "purpose" | "contents" | "default_language">;

/** The text on the left, a real person's mail on the right. */
export function TemplateEditor({ template }: { readonly template: TemplateView }) {
  const { t, i18n } = useTranslation();
  const { language: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [saved, setSaved] = useState<Draft>(() => draftOf(template));
  const [draft, setDraft] = useState<Draft>(saved);
  const languages = Object.keys(draft.contents);
  const language = asked && languages.includes(asked) ? asked : draft.default_language;
  const content = (draft.contents[language] ?? { subject: "", body: "" }) as Content;
  const isChanged = draft !== saved;
  const write = (change: Partial<Content>) =>
    setDraft({ ...draft, contents: { ...draft.contents, [language]: { ...content, ...change } } });
  const speak = (next: string) => void navigate({ search: (now) => ({ ...now, language: next }), replace: true });

  useBlocker({
    shouldBlockFn: ({ next }) =>
      isChanged && !next.pathname.endsWith(template.id) && !window.confirm(t("journeys.leaveUnsaved")),
    enableBeforeUnload: isChanged,
  });
  const save = useMutation({
    mutationFn: () => call<TemplateView>("PUT", `/v1/templates/${template.id}`, { channel: "email", ...draft }),
    onSuccess: async (view) => {
      setSaved(draft);
      client.setQueryData(templateQuery(template.id).queryKey, view);
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true });
      announce(t("messages.saved", { version: view.version }));
    },
  });
  useCommands([
    { id: "template.save", keys: "mod+s", group: "here", label: t("action.save"), run: () => save.mutate() },
  ]);
  const names = new Intl.DisplayNames([i18n.language], { type: "language" });

  return (
    <Page
      title={saved.name}
      before={
        <TextLink to="/messages/templates" size="sm" c="dimmed">
          ‹ {t("messages.tab.templates")}
        </TextLink>
      }
      actions={
        <Button
          disabled={!isChanged || draft.name.trim() === ""}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("messages.publish")}
        </Button>
      }
    >
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <Box className={classes.columns}>
        <Stack gap="sm">
          <Group grow align="flex-end">
            <TextInput
              label={t("messages.name")}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
            <Select
              label={t("messages.purpose")}
              allowDeselect={false}
              data={(["marketing", "transactional"] as const).map((value) => ({
                value,
                label: t(`messages.${value}`),
              }))}
              value={draft.purpose}
              onChange={(value) => setDraft({ ...draft, purpose: value === "transactional" ? value : "marketing" })}
            />
          </Group>
          <Group justify="space-between">
            <SegmentedControl
              size="xs"
              aria-label={t("messages.languages")}
              value={language}
              onChange={speak}
              data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
            />
            <Select
              size="xs"
              w={170}
              aria-label={t("messages.addLanguage")}
              placeholder={t("messages.addLanguage")}
              value={null}
              data={OFFERED.filter((value) => !languages.includes(value)).map((value) => ({
                value,
                label: names.of(value) ?? value,
              }))}
              onChange={(value) => {
                if (!value) return;
                setDraft({ ...draft, contents: { ...draft.contents, [value]: content } });
                speak(value);
              }}
            />
          </Group>
          <TextInput
            label={t("messages.subject")}
            value={content.subject}
            onChange={(event) => write({ subject: event.currentTarget.value })}
          />
          <CodeArea label={t("messages.body")} value={content.body ?? ""} onChange={(body) => write({ body })} />
        </Stack>
        <TemplatePreview templateId={template.id} content={content} language={language} />
      </Box>
    </Page>
  );
}

function draftOf({ name, purpose, contents, default_language }: TemplateView): Draft {
  return { name, purpose, contents, default_language };
}
