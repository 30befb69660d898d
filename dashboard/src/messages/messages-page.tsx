import { Box, Group, Paper, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { MessageView } from "../../../server/src/messages/contracts.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useLabel } from "../i18n/label.ts";
import { journeysQuery } from "../journeys/queries.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { MessageDrawer } from "./message-drawer.tsx";
import { MessagesNav } from "./messages-nav.tsx";

const route = getRouteApi("/messages");

/** Everything that was sent, or was meant to be and was not, with what it led to. */
export function MessagesPage() {
  const { t } = useTranslation();
  const { message, journey } = route.useSearch();
  const navigate = route.useNavigate();
  const messages = usePages<MessageView>(["messages"], "/v1/messages", { journey });
  useLiveQueries({ topics: ["message"] }, [["messages"]]);
  const columns = useColumns();
  return (
    <Page title={t("nav.messages")} subtitle={t("messages.subtitle")}>
      <MessagesNav active="sent" />
      {journey ? <JourneyFilter id={journey} /> : null}
      <Paper p="xs">
        <DataTable
          label={t("messages.tab.sent")}
          source={messages}
          rows={itemsOf(messages.data)}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate({ search: (now) => ({ ...now, message: row.id }) })}
          empty={<EmptyNotice title={t("messages.empty")}>{t("messages.emptyText")}</EmptyNotice>}
        />
      </Paper>
      <MessageDrawer
        id={message}
        onClose={() => void navigate({ search: (now) => ({ ...now, message: undefined }) })}
      />
    </Page>
  );
}

function JourneyFilter({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const journeys = useQuery(journeysQuery);
  const name = journeys.data?.items.find((journey) => journey.id === id)?.name ?? id;
  return (
    <Group gap="xs">
      <Text size="sm">{t("messages.ofJourney", { name })}</Text>
      <TextLink to="/messages" size="sm">
        {t("action.clear")}
      </TextLink>
    </Group>
  );
}

function useColumns(): readonly TableColumn<MessageView>[] {
  const { t } = useTranslation();
  const label = useLabel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `label` follows the language, as `t` does
  return useMemo(
    () => [
      {
        id: "subject",
        header: t("messages.subject"),
        grow: true,
        cell: (row) => (
          <>
            <Text size="sm" fw={550} lineClamp={1}>
              {row.subject ?? row.template_name ?? t("messages.noSubject")}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={1}>
              {row.template_name}
            </Text>
            <Box hiddenFrom="xs">
              <When at={row.sent_at ?? row.created_at} size="xs" c="dimmed" />
            </Box>
          </>
        ),
      },
      {
        id: "status",
        header: t("messages.status"),
        cell: (row) => (
          <Box miw={{ base: 110, sm: 230 }}>
            <Status value={row.status}>{label("message_status", row.status)}</Status>
            {row.reason ? (
              <Text size="xs" c="dimmed">
                {label("message_reason", row.reason)}
              </Text>
            ) : null}
          </Box>
        ),
      },
      ...(["opened", "clicked", "ordered"] as const).map(
        (step): TableColumn<MessageView> => ({
          id: step,
          header: t(`messages.step.${step}`),
          from: "sm",
          cell: (row) => <Reached at={row[`${step}_at`]} label={t(`messages.step.${step}`)} />,
        }),
      ),
      {
        id: "at",
        header: t("messages.when"),
        align: "right",
        from: "xs",
        cell: (row) => <When at={row.sent_at ?? row.created_at} />,
      },
    ],
    [t],
  );
}

function Reached({ at, label }: { readonly at: string | null; readonly label: string }) {
  return at ? (
    <Group gap={4} wrap="nowrap">
      <IconCheck size={15} color="var(--mantine-color-teal-text)" role="img" aria-label={label} />
      <When at={at} size="xs" c="dimmed" />
    </Group>
  ) : (
    <Text size="sm" c="dimmed">
      –
    </Text>
  );
}
