import { Group, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PreviewView, Written } from "../../../server/src/messages/contracts.ts";
import { MissingList } from "../composer/missing-list.tsx";
import { PhonePreview } from "../composer/phone-preview.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { PersonPicker } from "../profiles/person-picker.tsx";
import { MailFrame } from "./mail-frame.tsx";

const route = getRouteApi("/messages/templates/$id");

interface TemplatePreviewProps {
  readonly preview: UseQueryResult<PreviewView>;
  readonly written: Written;
  readonly onDefault: (variable: string, text: string) => void;
}

/** The unsaved text as the server renders it for one real person; what is missing for her is said above it. */
export function TemplatePreview({ preview, written, onDefault }: TemplatePreviewProps) {
  const { t } = useTranslation();
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  const [width, setWidth] = useState("desktop");
  const { data } = preview;
  return (
    <Paper p="md" component="section" aria-label={t("messages.preview")}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <PersonPicker
            label={t("composer.previewAs")}
            value={person}
            onChange={(id) => void navigate({ search: (now) => ({ ...now, person: id }), replace: true })}
          />
          {data?.channel === "email" ? (
            <SegmentedControl
              size="xs"
              value={width}
              onChange={setWidth}
              aria-label={t("composer.width")}
              data={[
                { value: "desktop", label: t("composer.desktop") },
                { value: "phone", label: t("composer.phone") },
              ]}
            />
          ) : null}
        </Group>
        {preview.isError ? <ErrorNotice error={preview.error} retry={() => void preview.refetch()} /> : null}
        {data ? <MissingList preview={data} onDefault={onDefault} /> : null}
        {data ? (
          <div {...(preview.isPlaceholderData ? { className: "kilim-stale" } : {})}>
            {data.channel === "email" ? (
              <>
                <Text size="sm" mb="xs">
                  <Text span c="dimmed" size="sm">
                    {t("messages.subject")}:{" "}
                  </Text>
                  <strong>{data.subject}</strong>
                </Text>
                <MailFrame
                  html={data.html}
                  title={t("messages.preview")}
                  width={width === "phone" ? 375 : "100%"}
                  height={620}
                />
              </>
            ) : (
              <PhonePreview preview={data} written={written} />
            )}
          </div>
        ) : null}
      </Stack>
    </Paper>
  );
}
