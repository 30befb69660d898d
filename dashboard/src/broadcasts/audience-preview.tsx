import { Paper, Select, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PreviewView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { MailFrame } from "../messages/mail-frame.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { audienceOf, type Draft, KEYS } from "./draft.ts";
import { audienceQuery } from "./queries.ts";

/** How many it will be, and the message as one real person of them would get it now. */
export function AudiencePreview({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [person, setPerson] = useState<string | null>(null);
  const [shown, setShown] = useState("0");
  const audience = useQuery(audienceQuery(audienceOf(draft)));
  const sample = audience.data?.sample ?? [];
  const profile = sample.some(({ id }) => id === person) ? person : (sample[0]?.id ?? null);
  const template = draft.templates[Number(shown)] ?? draft.templates[0] ?? null;
  const preview = useQuery({
    queryKey: ["broadcast-preview", template, profile],
    queryFn: () => call<PreviewView>("POST", `/v1/templates/${template}/preview`, { profile }),
    enabled: template !== null && profile !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Paper p="md" component="section" aria-label={t("broadcasts.preview")}>
      <Stack gap="sm">
        <div>
          <Title order={2}>
            {audience.data
              ? t("broadcasts.people", { count: audience.data.size, n: format.number(audience.data.size) })
              : t("broadcasts.preview")}
          </Title>
          <Text size="sm" c="dimmed">
            {t(audience.data ? "broadcasts.peopleText" : "broadcasts.previewText")}
          </Text>
        </div>
        {audience.isError ? <ErrorNotice error={audience.error} retry={() => void audience.refetch()} /> : null}
        {sample.length > 0 ? (
          <Select
            size="xs"
            label={t("broadcasts.previewAs")}
            allowDeselect={false}
            value={profile}
            onChange={setPerson}
            data={sample.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        {draft.templates.length > 1 ? (
          <Select
            size="xs"
            label={t("broadcasts.previewVariant")}
            allowDeselect={false}
            value={shown}
            onChange={(value) => setShown(value ?? "0")}
            data={draft.templates.map((_id, i) => ({ value: String(i), label: KEYS[i] ?? "" }))}
          />
        ) : null}
        {preview.isError ? <ErrorNotice error={preview.error} retry={() => void preview.refetch()} /> : null}
        {preview.data ? (
          <div {...(preview.isPlaceholderData ? { className: "kilim-stale" } : {})}>
            <Text size="sm" mb="xs" fw={600}>
              {preview.data.subject}
            </Text>
            <MailFrame html={preview.data.html} title={t("broadcasts.preview")} height={460} />
          </div>
        ) : null}
      </Stack>
    </Paper>
  );
}
