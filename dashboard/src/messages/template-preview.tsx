import { Alert, Code, Group, List, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PreviewView, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { PersonPicker } from "../profiles/person-picker.tsx";
import { MailFrame } from "./mail-frame.tsx";

const route = getRouteApi("/messages/templates/$id");

interface TemplatePreviewProps {
  readonly templateId: string;
  readonly content: WrittenOf<"email">;
  readonly language: string;
}

/** The unsaved text as the server renders it for one real person; what is missing for her is said above it. */
export function TemplatePreview({ templateId, content, language }: TemplatePreviewProps) {
  const { t } = useTranslation();
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  const [width, setWidth] = useState("desktop");
  const [settled] = useDebouncedValue({ content, language, profile: person ?? null }, 400);
  const preview = useQuery({
    queryKey: ["template-preview", templateId, settled],
    queryFn: () => call<PreviewView>("POST", `/v1/templates/${templateId}/preview`, settled),
    enabled: settled.content.subject.trim() !== "" && settled.content.body?.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Paper p="md" component="section" aria-label={t("messages.preview")}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <PersonPicker
            label={t("messages.previewAs")}
            value={person}
            onChange={(id) => void navigate({ search: (now) => ({ ...now, person: id }), replace: true })}
          />
          <SegmentedControl
            size="xs"
            value={width}
            onChange={setWidth}
            aria-label={t("messages.width")}
            data={[
              { value: "desktop", label: t("messages.desktop") },
              { value: "phone", label: t("messages.phone") },
            ]}
          />
        </Group>
        {preview.isError ? <ErrorNotice error={preview.error} retry={() => void preview.refetch()} /> : null}
        {preview.data && preview.data.errors.length > 0 ? (
          <Alert color="orange" title={t("messages.problems", { count: preview.data.errors.length })}>
            <List size="sm">
              {preview.data.errors.map((error) => (
                <List.Item key={error}>
                  <Code>{error}</Code>
                </List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {preview.data ? (
          <div {...(preview.isPlaceholderData ? { className: "kilim-stale" } : {})}>
            <Text size="sm" mb="xs">
              <Text span c="dimmed" size="sm">
                {t("messages.subject")}:{" "}
              </Text>
              <strong>{preview.data.subject}</strong>
            </Text>
            <MailFrame
              html={preview.data.html}
              title={t("messages.preview")}
              width={width === "phone" ? 375 : "100%"}
              height={620}
            />
          </div>
        ) : null}
      </Stack>
    </Paper>
  );
}
