import { Alert, Box, Button, Group, Paper, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type {
  DraftView,
  PreviewView,
  TemplateView,
  Written,
  WrittenOf,
} from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { ChannelForm } from "../composer/channel-forms.tsx";
import { FindingsCard } from "../composer/findings-card.tsx";
import { giveDefault } from "../composer/give-default.ts";
import { MailForm } from "../composer/mail-form.tsx";
import { PermissionFields } from "../composer/permission-fields.tsx";
import { brandQuery } from "../composer/queries.ts";
import { startContent } from "../composer/start-content.ts";
import { type Draft, useDraft } from "../composer/use-draft.ts";
import { usePublishing } from "../composer/use-publishing.tsx";
import { VersionsDrawer } from "../composer/versions-drawer.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { useCommands } from "../shell/commands.ts";
import { templateQuery, templatesQuery } from "./queries.ts";
import classes from "./template-editor.module.css";
import { TemplateMenu } from "./template-menu.tsx";
import { TemplatePreview } from "./template-preview.tsx";

const route = getRouteApi("/messages/templates/$id");
const OFFERED = ["en", "tr", "id", "de", "fr", "es"];

interface TemplateEditorProps {
  readonly template: TemplateView;
  /** What somebody has written and not published. */
  readonly begun: DraftView | null;
}

/** The text on the left, a real person's message on the right. */
export function TemplateEditor({ template, begun }: TemplateEditorProps) {
  const { t, i18n } = useTranslation();
  const { language: asked, person, tab } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const keeper = useDraft(template, {
    draft: begun ? (begun.body as Draft) : draftOf(template),
    revision: begun?.revision ?? 0,
  });
  const { draft, setDraft } = keeper;
  const { channel } = template;
  const languages = Object.keys(draft.contents);
  const language = asked && languages.includes(asked) ? asked : draft.default_language;
  const content = draft.contents[language] ?? startContent(channel);
  const write = (next: Written) => setDraft({ ...draft, contents: { ...draft.contents, [language]: next } });
  const speak = (next: string) => void navigate({ search: (now) => ({ ...now, language: next }), replace: true });
  const preview = usePreview(template.id, content, language, person ?? null);
  const brand = useQuery(brandQuery);
  const isChanged = keeper.revision > 0 || keeper.isUnkept;

  useBlocker({
    shouldBlockFn: ({ next }) =>
      keeper.isUnkept && !next.pathname.endsWith(template.id) && !window.confirm(t("journeys.leaveUnsaved")),
    enableBeforeUnload: keeper.isUnkept,
  });
  const publish = useMutation({
    mutationFn: () =>
      call<TemplateView>("PUT", `/v1/templates/${template.id}?base=${template.version}`, { channel, ...draft }),
    onSuccess: async (view) => {
      keeper.settle(draft);
      client.setQueryData(templateQuery(template.id).queryKey, view);
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true });
      announce(t("messages.saved", { version: view.version }));
    },
  });
  const publishing = usePublishing(template.id, draft, () => publish.mutate());
  const discard = useMutation({
    mutationFn: () => call("DELETE", `/v1/templates/${template.id}/draft`),
    onSuccess: () => keeper.settle(draftOf(template)),
  });
  const test = useMutation({
    mutationFn: () =>
      call<{ to: string }>("POST", `/v1/templates/${template.id}/test`, { profile: person, language, content }),
    onSuccess: ({ to }) => announce(t("composer.testSent", { to })),
  });
  useCommands([
    { id: "template.save", keys: "mod+s", group: "here", label: t("messages.publish"), run: publishing.begin },
  ]);
  const names = new Intl.DisplayNames([i18n.language], { type: "language" });
  const showVersions = (isShown: boolean) =>
    void navigate({ search: (now) => ({ ...now, tab: isShown ? ("versions" as const) : undefined }) });

  return (
    <Page
      title={draft.name || template.name}
      subtitle={
        <Text size="sm" c="dimmed" aria-live="polite">
          {t(`composer.channels.${channel}`)} · {t("composer.version", { version: template.version })}
          {keeper.isSaving ? ` · ${t("composer.saving")}` : ""}
          {keeper.revision > 0 && !keeper.isUnkept ? ` · ${t("composer.savedDraft")}` : ""}
        </Text>
      }
      before={
        <TextLink to="/messages/templates" size="sm" c="dimmed">
          ‹ {t("messages.tab.templates")}
        </TextLink>
      }
      actions={
        <>
          <Button variant="default" onClick={() => showVersions(true)}>
            {t("composer.versions")}
          </Button>
          <Button
            variant="default"
            disabled={!person}
            title={person ? undefined : t("composer.testNeedsPerson")}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t("composer.test")}
          </Button>
          <Button
            disabled={!isChanged || draft.name.trim() === ""}
            loading={publishing.isLooking || publish.isPending}
            onClick={publishing.begin}
          >
            {t("messages.publish")}
          </Button>
          <TemplateMenu template={template} />
        </>
      }
    >
      {[publishing.error, publish.error, test.error, discard.error, keeper.error].map((error) =>
        error ? <ErrorNotice key={String(error)} error={error} /> : null,
      )}
      {template.archived_at === null ? null : <Alert color="gray">{t("messages.isArchived")}</Alert>}
      {keeper.isConflict ? (
        <Alert color="orange" role="alert">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t("composer.conflict")}</Text>
            <Group gap="xs">
              <Button size="compact-sm" variant="default" onClick={() => void keeper.takeTheirs()}>
                {t("composer.takeTheirs")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => void keeper.keepMine()}>
                {t("composer.keepMine")}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : null}
      {begun && keeper.revision > 0 ? (
        <Group gap="xs">
          <Text size="sm">{t("composer.draftOf", { author: begun.author || t("composer.system") })}</Text>
          <Button size="compact-sm" variant="subtle" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t("composer.discard")}
          </Button>
        </Group>
      ) : null}
      <Box className={classes.columns}>
        <Stack gap="sm" miw={0}>
          <TextInput
            label={t("messages.name")}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <PermissionFields draft={draft} onChange={setDraft} />
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
              aria-label={t("composer.addLanguage")}
              placeholder={t("composer.addLanguage")}
              value={null}
              data={OFFERED.filter((value) => !languages.includes(value)).map((value) => ({
                value,
                label: names.of(value) ?? value,
              }))}
              onChange={(value) => {
                if (!value) return;
                setDraft({ ...draft, contents: { ...draft.contents, [value]: structuredClone(content) } });
                speak(value);
              }}
            />
          </Group>
          {channel === "email" ? (
            <MailForm key={language} value={content as WrittenOf<"email">} onChange={write} />
          ) : (
            <ChannelForm
              key={language}
              channel={channel}
              value={content as never}
              onChange={write}
              preview={preview.data}
            />
          )}
          <FindingsCard templateId={template.id} purpose={draft.purpose} contents={draft.contents} />
          {brand.data?.kit.voice ? (
            <Paper p="sm" component="aside" aria-label={t("composer.voice")}>
              <Text size="xs" fw={650}>
                {t("composer.voice")}
              </Text>
              <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                {brand.data.kit.voice}
              </Text>
            </Paper>
          ) : null}
        </Stack>
        <TemplatePreview
          preview={preview}
          written={content}
          onDefault={(variable, text) => write(giveDefault(content, variable, text))}
        />
      </Box>
      {publishing.dialog}
      <VersionsDrawer
        template={template}
        isOpen={tab === "versions"}
        onClose={() => showVersions(false)}
        onRestored={(view) => {
          client.setQueryData(templateQuery(template.id).queryKey, view);
          keeper.settle(draftOf(view));
        }}
      />
    </Page>
  );
}

function usePreview(templateId: string, content: Written, language: string, profile: string | null) {
  const [settled] = useDebouncedValue({ content, language, profile }, 400);
  return useQuery({
    queryKey: ["template-preview", templateId, settled],
    queryFn: () => call<PreviewView>("POST", `/v1/templates/${templateId}/preview`, settled),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function draftOf({ name, purpose, topic, priority, contents, default_language }: TemplateView): Draft {
  return { name, purpose, topic, priority, contents, default_language };
}
