import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { EndpointState } from "./endpoint-state.tsx";
import { type EndpointView, WEBHOOKS, webhooksQuery } from "./queries.ts";
import { nameOf, useWebhookWords } from "./words.ts";

const NONE: readonly EndpointView[] = [];

/** Who outside is told what happens here. */
export function WebhooksSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWebhookWords();
  const navigate = useNavigate();
  const webhooks = useQuery(webhooksQuery);
  useLiveQueries({ topics: ["webhook"] }, [WEBHOOKS]);
  const columns = useMemo<readonly TableColumn<EndpointView>[]>(
    () => [
      {
        id: "receiver",
        header: t("webhooks.receiver"),
        grow: true,
        cell: (row) => (
          <Stack gap={0}>
            <Text size="sm" fw={600} truncate>
              {nameOf(row)}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {row.url}
            </Text>
          </Stack>
        ),
      },
      { id: "state", header: t("webhooks.state"), cell: (row) => <EndpointState endpoint={row} /> },
      {
        id: "types",
        header: t("webhooks.hears"),
        from: "md",
        cell: (row) => <Text size="sm">{row.types.map(words.type).join(", ")}</Text>,
      },
      {
        id: "waiting",
        header: t("webhooks.waiting"),
        align: "right",
        from: "sm",
        cell: (row) => <Text size="sm">{format.number(row.waiting)}</Text>,
      },
      {
        id: "success",
        header: t("webhooks.lastSuccess"),
        align: "right",
        from: "sm",
        cell: (row) => <When at={row.last_success_at} />,
      },
    ],
    [t, format, words],
  );
  return (
    <Stack maw={1100}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text size="sm" c="dimmed" maw={640} flex="1 1 260px">
          {t("webhooks.intro")}
        </Text>
        <ButtonLink to="/settings/webhooks/new">{t("webhooks.new")}</ButtonLink>
      </Group>
      <Paper p="xs">
        <DataTable
          label={t("webhooks.title")}
          source={webhooks}
          rows={webhooks.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/settings/webhooks/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("webhooks.none")} icon={<IconWebhook size={32} aria-hidden />}>
              {t("webhooks.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Stack>
  );
}
