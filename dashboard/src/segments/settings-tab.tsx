import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { type Segment, segmentsQuery } from "./queries.ts";
import { SegmentEditor } from "./segment-editor.tsx";
import type { Condition } from "./segment-tree.ts";

const route = getRouteApi("/segments/$id");

/** Its name, its definition, and its end. */
export function SettingsTab({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const { name, definition, as } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: segmentsQuery.queryKey });
  const save = useMutation({
    mutationFn: (change: { readonly name: string; readonly definition: Condition }) =>
      call<Segment>("PUT", `/v1/segments/${segment.id}`, change),
    onSuccess: async () => {
      await navigate({ search: { tab: "settings" }, replace: true });
      await reload();
      announce(t("segments.saved"));
    },
  });
  const archive = useMutation({
    mutationFn: () => call<unknown>("DELETE", `/v1/segments/${segment.id}`),
    onSuccess: async () => {
      await navigate({ to: "/segments" });
      await reload();
      announce(t("segments.archived", { name: segment.name }));
    },
  });
  return (
    <Stack gap="xl">
      <SegmentEditor
        key={segment.updated_at}
        name={segment.name}
        definition={segment.definition}
        saveLabel={t("action.save")}
        isSaving={save.isPending}
        error={save.error}
        search={{ name, definition, as }}
        onSearch={(change) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })}
        onSave={(change) => save.mutate(change)}
      />
      <Card
        title={t("segmentPage.archiveTitle")}
        aside={
          <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate()}>
            {t("action.archive")}
          </Button>
        }
      >
        <Text size="sm" c="dimmed">
          {t("segmentPage.archiveText")}
        </Text>
        {archive.isError ? <ErrorNotice error={archive.error} /> : null}
      </Card>
    </Stack>
  );
}
