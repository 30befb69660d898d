import { Box, Button, Group, Paper, Select, Text, Tooltip } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useLabel } from "../i18n/label.ts";
import { MessagesNav } from "../messages/messages-nav.tsx";
import { ChannelName } from "../parts/channel.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";
import { CHANNELS } from "../sending/queries.ts";
import { LiftSuppression } from "./lift-suppression.tsx";
import { NewSuppression } from "./new-suppression.tsx";
import { isErased, SUPPRESSIONS, type SuppressionView } from "./queries.ts";
import { useReason } from "./use-reason.ts";

const route = getRouteApi("/messages/suppressions");

/** What nothing goes to, channel by channel, and why. */
export function SuppressionsPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const { channel: asked, action } = route.useSearch();
  const navigate = route.useNavigate();
  const channel = CHANNELS.find((one) => one === asked) ?? "email";
  const [lifting, setLifting] = useState<SuppressionView | null>(null);
  const found = usePages<SuppressionView>(SUPPRESSIONS, "/v1/suppressions", { channel });
  const columns = useColumns(setLifting);
  const ask = (next: "create" | undefined) =>
    void navigate({ search: (now) => ({ ...now, action: next }), replace: true });
  const show = (next: string) => void navigate({ search: { channel: next }, replace: true });
  const create = <Button onClick={() => ask("create")}>{t("suppressions.create")}</Button>;
  return (
    <Page title={t("suppressions.title")} subtitle={t("suppressions.subtitle")} actions={create}>
      <MessagesNav active="suppressions" />
      <Group>
        <Select
          label={t("suppressions.channel")}
          w={220}
          allowDeselect={false}
          value={channel}
          data={CHANNELS.map((one) => ({ value: one, label: label("channel", one) }))}
          onChange={(next) => show(next ?? "email")}
        />
      </Group>
      <Paper p="xs">
        <DataTable
          label={t("suppressions.title")}
          source={found}
          rows={itemsOf(found.data)}
          columns={columns}
          rowId={(row) => `${row.channel} ${row.address}`}
          empty={
            <EmptyNotice title={t("suppressions.empty")} icon={<IconMailOff size={32} aria-hidden />}>
              {t("suppressions.emptyText")}
            </EmptyNotice>
          }
        />
      </Paper>
      {action === "create" ? <NewSuppression channel={channel} onClose={() => ask(undefined)} onDone={show} /> : null}
      {lifting ? <LiftSuppression suppression={lifting} onClose={() => setLifting(null)} /> : null}
    </Page>
  );
}

function useColumns(onLift: (row: SuppressionView) => void): readonly TableColumn<SuppressionView>[] {
  const { t } = useTranslation();
  const reason = useReason();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `reason` follows the language, as `t` does
  return useMemo(
    () => [
      {
        id: "address",
        header: t("suppressions.address"),
        grow: true,
        cell: (row) => (
          <>
            <Address row={row} />
            <Box hiddenFrom="sm">
              <Text size="xs" c="dimmed">
                {reason(row)} · <When at={row.created_at} size="xs" />
              </Text>
            </Box>
          </>
        ),
      },
      {
        id: "channel",
        header: t("suppressions.channel"),
        from: "sm",
        cell: (row) => (
          <Box style={{ whiteSpace: "nowrap" }}>
            <ChannelName channel={row.channel} />
          </Box>
        ),
      },
      {
        id: "reason",
        header: t("suppressions.reason"),
        from: "sm",
        cell: (row) => (
          <Text size="sm" style={{ whiteSpace: "nowrap" }}>
            {reason(row)}
          </Text>
        ),
      },
      {
        id: "since",
        header: t("suppressions.since"),
        from: "sm",
        align: "right",
        cell: (row) => <When at={row.created_at} />,
      },
      {
        id: "lift",
        header: "",
        align: "right",
        cell: (row) =>
          isErased(row) ? null : (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t("suppressions.liftOf", { address: row.address })}
              onClick={() => onLift(row)}
            >
              {t("suppressions.lift")}
            </Button>
          ),
      },
    ],
    [t, onLift],
  );
}

function Address({ row }: { readonly row: SuppressionView }) {
  const { t } = useTranslation();
  if (!isErased(row))
    return (
      <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
        {row.address}
      </Text>
    );
  return (
    <Tooltip
      label={t("suppressions.erasedText")}
      multiline
      maw={260}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Text component="span" size="sm" c="dimmed" tabIndex={0}>
        {t("suppressions.erased")}
      </Text>
    </Tooltip>
  );
}
