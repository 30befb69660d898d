import { Button, Paper, Text, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { MessageView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { useLabel } from "../i18n/label.ts";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { MessagesNav } from "./messages-nav.tsx";

/** What was given up, with what the provider said; each can be tried again. */
export function FailedPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failed = usePages<MessageView>(["messages", "given_up"], "/v1/messages", { status: "given_up" });
  useLiveQueries({ topics: ["message"] }, [["messages", "given_up"]]);
  const resend = useMutation({
    mutationFn: (id: string) => call("POST", `/v1/messages/${id}/resend`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["messages"] }),
  });
  const label = useLabel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `label` follows the language, as `t` does
  const columns = useMemo(
    (): readonly TableColumn<MessageView>[] => [
      {
        id: "subject",
        header: t("messages.subject"),
        grow: true,
        cell: (row) => (
          <>
            <Text size="sm" fw={550} lineClamp={1}>
              {row.subject ?? row.template_name ?? t("messages.noSubject")}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={2}>
              {[label("channel", row.channel), row.reason ? label("message_reason", row.reason) : ""]
                .filter((part) => part !== "")
                .join(" · ")}
            </Text>
          </>
        ),
      },
      {
        id: "status",
        header: t("messages.status"),
        cell: (row) => <Status value={row.status}>{label("message_status", row.status)}</Status>,
      },
      { id: "at", header: t("messages.when"), from: "sm", align: "right", cell: (row) => <When at={row.created_at} /> },
      {
        id: "again",
        header: t("broadcasts.again"),
        align: "right",
        cell: (row) =>
          row.can_resend ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={resend.isPending && resend.variables === row.id}
              onClick={() => resend.mutate(row.id)}
            >
              {t("broadcasts.resend")}
            </Button>
          ) : (
            <Tooltip
              label={t("broadcasts.notKeptWhy")}
              multiline
              maw={260}
              events={{ hover: true, focus: true, touch: true }}
            >
              <Text component="span" size="xs" c="dimmed" tabIndex={0}>
                {t("broadcasts.notKept")}
              </Text>
            </Tooltip>
          ),
      },
    ],
    [t, resend.isPending, resend.variables],
  );
  return (
    <Page title={t("nav.messages")} subtitle={t("broadcasts.failedText")}>
      <MessagesNav active="failed" />
      {resend.isError ? <ErrorNotice error={resend.error} /> : null}
      <Paper p="xs">
        <DataTable
          label={t("messages.tab.failed")}
          source={failed}
          rows={itemsOf(failed.data)}
          columns={columns}
          rowId={(row) => row.id}
          empty={<EmptyNotice title={t("broadcasts.noneFailed")}>{t("broadcasts.noneFailedText")}</EmptyNotice>}
        />
      </Paper>
    </Page>
  );
}
