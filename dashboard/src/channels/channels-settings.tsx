import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { ButtonLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Status } from "../parts/status.tsx";
import { ACCOUNTS, type AccountView, accountsQuery, providersQuery } from "./queries.ts";
import { useChannelWords } from "./words.ts";

const NONE: readonly AccountView[] = [];

/** Over whom messages leave: the accounts at providers, channel by channel. */
export function ChannelsSettings() {
  const { t } = useTranslation();
  const words = useChannelWords();
  const navigate = useNavigate();
  const accounts = useQuery(accountsQuery);
  const providers = useQuery(providersQuery);
  useLiveQueries({ topics: ["channel"] }, [ACCOUNTS]);
  const columns = useMemo<readonly TableColumn<AccountView>[]>(() => {
    const title = (row: AccountView) =>
      providers.data?.items.find((one) => one.channel === row.channel && one.provider === row.provider)?.title ??
      row.provider;
    return [
      {
        id: "channel",
        header: t("channels.channelOf"),
        cell: (row) => <Text size="sm">{words.channel(row.channel)}</Text>,
      },
      {
        id: "name",
        header: t("channels.account"),
        grow: true,
        cell: (row) => (
          <Stack gap={0}>
            <Text size="sm" fw={600} truncate>
              {row.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {title(row)}
            </Text>
          </Stack>
        ),
      },
      {
        id: "default",
        header: t("channels.use"),
        from: "xs",
        cell: (row) =>
          row.is_default ? (
            <Status value="live">{t("channels.isDefault")}</Status>
          ) : (
            <Status value="draft">{t("channels.isSpare")}</Status>
          ),
      },
    ];
  }, [t, words, providers.data]);
  return (
    <Stack maw={1100}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text size="sm" c="dimmed" maw={640} flex="1 1 260px">
          {t("channels.intro")}
        </Text>
        <ButtonLink to="/settings/channels/new">{t("channels.add")}</ButtonLink>
      </Group>
      <Paper p="xs">
        <DataTable
          label={t("channels.title")}
          source={accounts}
          rows={accounts.data?.items ?? NONE}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ to: "/settings/channels/$id", params: { id: row.id } })}
          empty={
            <EmptyNotice title={t("channels.none")} icon={<IconPlugConnected size={32} aria-hidden />}>
              {t("channels.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
    </Stack>
  );
}
