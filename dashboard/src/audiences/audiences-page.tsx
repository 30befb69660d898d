import { Button, Paper, Stack, Text } from "@mantine/core";
import { IconTargetArrow } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { MessagesNav } from "../messages/messages-nav.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { TextLink } from "../parts/link.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { AudienceState } from "./audience-state.tsx";
import { NewAudience } from "./new-audience.tsx";
import { type AdAudienceView, AUDIENCES } from "./queries.ts";

const route = getRouteApi("/messages/audiences");

/** Audiences of ads that follow a segment, or that journeys fill. */
export function AudiencesPage() {
  const { t } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const audiences = usePages<AdAudienceView>(AUDIENCES, "/v1/audiences");
  useLiveQueries({ topics: ["ad_audience"] }, [AUDIENCES]);
  const columns = useColumns();
  const ask = (asked: "create" | undefined) => void navigate({ search: { action: asked }, replace: true });
  const create = <Button onClick={() => ask("create")}>{t("audiences.create")}</Button>;
  return (
    <Page title={t("nav.messages")} subtitle={t("audiences.subtitle")} actions={create}>
      <MessagesNav active="audiences" />
      <Paper p="xs">
        <DataTable
          label={t("audiences.title")}
          source={audiences}
          rows={itemsOf(audiences.data)}
          columns={columns}
          rowId={(audience) => audience.id}
          onOpen={(audience) => void navigate({ to: "/messages/audiences/$id", params: { id: audience.id } })}
          empty={
            <EmptyNotice title={t("audiences.none")} icon={<IconTargetArrow size={32} aria-hidden />} action={create}>
              {t("audiences.noneText")}
            </EmptyNotice>
          }
        />
      </Paper>
      {action === "create" ? <NewAudience onClose={() => ask(undefined)} /> : null}
    </Page>
  );
}

function useColumns(): readonly TableColumn<AdAudienceView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("audiences.name"),
        grow: true,
        cell: (audience) => (
          <Stack gap={0}>
            <TextLink to="/messages/audiences/$id" params={{ id: audience.id }} size="sm" fw={550} truncate>
              {audience.name}
            </TextLink>
            <Text size="xs" c="dimmed" truncate>
              {audience.segment_id === null
                ? t("audiences.byJourneys")
                : (audience.segment_name ?? t("audiences.gone"))}
            </Text>
          </Stack>
        ),
      },
      {
        id: "destination",
        header: t("audiences.destination"),
        from: "sm",
        cell: (audience) => <Text size="sm">{audience.account_name ?? t("audiences.filesOnly")}</Text>,
      },
      { id: "state", header: t("audiences.state"), cell: (audience) => <AudienceState audience={audience} /> },
      {
        id: "told",
        header: t("audiences.told"),
        align: "right",
        cell: (audience) => <Text size="sm">{audience.account_id === null ? "–" : format.number(audience.told)}</Text>,
      },
      {
        id: "when",
        header: t("audiences.lastTold"),
        from: "sm",
        align: "right",
        cell: (audience) => <When at={audience.last_told_at} />,
      },
    ],
    [t, format],
  );
}
