import { Group, Loader, Paper, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Person } from "../parts/person.tsx";
import { previewQuery } from "./queries.ts";
import { findGaps, type Group as SegmentGroup, toCondition } from "./segment-tree.ts";

/** How many people this is right now, and ten of them, while one still writes it. */
export function PreviewPanel({ root }: { readonly root: SegmentGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [settled] = useDebouncedValue(root, 350);
  const isComplete = findGaps(settled).length === 0;
  const preview = useQuery({
    ...previewQuery(toCondition(settled)),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Paper component="section" p="md" aria-label={t("segments.preview")} aria-live="polite">
      <Stack gap="sm">
        <div>
          <Group gap="xs">
            <Text fz={32} fw={700} lh={1.1} {...(preview.isPlaceholderData ? { className: "kilim-stale" } : {})}>
              {preview.data ? format.number(preview.data.size) : "–"}
            </Text>
            {preview.isFetching ? <Loader size="xs" color="gray" /> : null}
          </Group>
          <Text size="sm" c="dimmed">
            {isComplete ? t("segments.peopleNow", { count: preview.data?.size ?? 0 }) : t("segments.incomplete")}
          </Text>
        </div>
        {preview.isError && isComplete ? <ErrorNotice error={preview.error} /> : null}
        <Stack gap={8} {...(preview.isPlaceholderData ? { className: "kilim-stale" } : {})}>
          {preview.data?.sample.slice(0, 10).map((person) => (
            <Person key={person.profile_id} id={person.profile_id} name={person.name} detail={person.email} size={26} />
          ))}
        </Stack>
        {preview.data?.size === 0 && isComplete ? (
          <Text size="sm" c="dimmed">
            {t("segments.nobody")}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  );
}
