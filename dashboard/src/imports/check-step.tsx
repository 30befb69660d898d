import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { ImportDetail } from "../../../server/src/imports/contracts.ts";
import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import type { Draft } from "./draft.ts";
import { Examples } from "./examples.tsx";
import { bodyOf } from "./preview-body.ts";
import { IMPORTS, previewQuery } from "./queries.ts";
import { Reasons } from "./reasons.tsx";

const route = getRouteApi("/imports/new");
const ROWS_TRIED = 10_000;

/** A dry run over the first rows, and the button that starts it in earnest. */
export function CheckStep({ file, draft }: { readonly file: string; readonly draft: Draft }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const go = useNavigate();
  const navigate = route.useNavigate();
  const body = bodyOf(file, draft, ROWS_TRIED);
  const preview = useQuery(previewQuery(body));
  const start = useMutation({
    mutationFn: () =>
      call<ImportDetail>("POST", "/v1/imports", {
        file,
        kind: draft.kind,
        columns: body.columns ?? [],
        options: draft.options,
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: IMPORTS });
      await go({ to: "/imports/$id", params: { id } });
    },
  });
  return (
    <Stack gap="md" maw={760}>
      <QueryView query={preview} height={240}>
        {(data) => (
          <Stack gap="md">
            <Card title={t("imports.dryRun")}>
              <Text size="sm" c="dimmed">
                {t("imports.dryRunText")}
              </Text>
              <Reasons tried={data.tried} problems={data.problems} />
            </Card>
            <Group gap="sm">
              <Button
                onClick={() => start.mutate()}
                loading={start.isPending}
                disabled={data.missing.length > 0 || data.tried.taken === 0}
              >
                {t("imports.start")}
              </Button>
              <Button variant="default" onClick={() => void navigate({ search: (now) => ({ ...now, step: "map" }) })}>
                {t("imports.back")}
              </Button>
            </Group>
            {start.isError ? <ErrorNotice error={start.error} /> : null}
            <Examples examples={data.examples} />
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}
