import { Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { TextLink } from "../parts/link.tsx";
import { toDraft } from "../segments/draft.ts";
import { previewQuery } from "../segments/queries.ts";
import type { Condition } from "../segments/segment-tree.ts";
import type { Template } from "./queries.ts";
import { useTemplateWords } from "./template-words.ts";

/** One ready-made segment. Its people are counted once the card has come into view. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { name, description } = useTemplateWords()(template);
  const { ref, inViewport } = useInViewport();
  const [wasSeen, setSeen] = useState(false);
  if (inViewport && !wasSeen) setSeen(true);
  return (
    <Paper ref={ref} component="article" p="md" aria-label={name}>
      <Stack gap={6} h="100%">
        <TextLink to="/segments/new" search={toDraft(name, template.definition)} fw={600}>
          {name}
        </TextLink>
        <Text size="sm" c="dimmed" flex={1}>
          {description}
        </Text>
        <Count definition={template.definition as Condition} isWanted={wasSeen} />
      </Stack>
    </Paper>
  );
}

function Count({ definition, isWanted }: { readonly definition: Condition; readonly isWanted: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const preview = useQuery({ ...previewQuery(definition), enabled: isWanted, staleTime: 60_000, retry: false });
  if (preview.isError) {
    return (
      <Text size="sm" c="dimmed">
        {t("ready.notCounted")}
      </Text>
    );
  }
  return (
    <Group gap={6} align="baseline" mih={28} aria-live="polite">
      {preview.data ? (
        <>
          <Text fw={700} fz="lg">
            {format.number(preview.data.size)}
          </Text>
          <Text size="sm" c="dimmed">
            {t("segments.peopleNow", { count: preview.data.size })}
          </Text>
        </>
      ) : (
        <Skeleton height={18} width={90} className="kilim-late" />
      )}
    </Group>
  );
}
