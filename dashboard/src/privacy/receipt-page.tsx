import { Alert, Paper, SimpleGrid, Skeleton, Stack, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { Copyable } from "../parts/copyable.tsx";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { ERASURES, erasureQuery, type Receipt } from "./queries.ts";
import { useReceiptWord } from "./receipt-word.ts";
import { StoresTable } from "./stores-table.tsx";

const route = getRouteApi("/privacy/erasures/$id");

/** What an erasure has done, store by store, while it does it; afterwards the proof. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const receipt = useQuery(erasureQuery(id));
  useLiveQueries({ topics: ["erasure"] }, [ERASURES]);
  return (
    <Page
      title={t("privacy.receipt")}
      before={
        <TextLink to="/privacy" size="sm" c="dimmed">
          ‹ {t("nav.privacy")}
        </TextLink>
      }
      subtitle={t("privacy.receiptText")}
    >
      {receipt.data ? (
        <Shown receipt={receipt.data} />
      ) : receipt.isError ? (
        <ErrorNotice error={receipt.error} retry={() => void receipt.refetch()} />
      ) : (
        <Skeleton height={420} className="kilim-late" />
      )}
    </Page>
  );
}

function Shown({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const word = useReceiptWord();
  return (
    <Stack gap="md" maw={980}>
      {receipt.problem ? (
        <Alert color="orange" variant="light">
          {t("privacy.problem", { store: word("stores", receipt.problem) })}
        </Alert>
      ) : null}
      <Paper p="md">
        <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="md" verticalSpacing="md">
          <Fact name={t("privacy.status")}>
            <Status value={receipt.state === "done" ? "completed" : "waiting"}>
              {t(`privacy.state.${receipt.state}`)}
            </Status>
          </Fact>
          <Fact name={t("privacy.requested")}>
            <When at={receipt.requested_at} />
          </Fact>
          <Fact name={t("privacy.finished")}>
            <When at={receipt.finished_at} />
          </Fact>
          <Fact name={t("privacy.by")}>
            <Text size="sm">{receipt.requested_by}</Text>
          </Fact>
          <Fact name={t("privacy.suppressed")}>
            <Text size="sm">{receipt.suppress ? t("privacy.yes") : t("privacy.no")}</Text>
          </Fact>
          <Fact name={t("privacy.checked")} hint={t("privacy.checkedText")}>
            <When at={receipt.checked_at} />
          </Fact>
        </SimpleGrid>
      </Paper>
      <StoresTable stores={receipt.stores} />
      <Copyable value={receipt.id} />
    </Stack>
  );
}

function Fact({
  name,
  hint,
  children,
}: {
  readonly name: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const label = (
    <Text size="xs" c="dimmed" fw={600} {...(hint ? { td: "underline dotted", w: "fit-content" } : {})}>
      {name}
    </Text>
  );
  return (
    <Stack gap={4}>
      {hint ? (
        <Tooltip label={hint} multiline maw={280}>
          {label}
        </Tooltip>
      ) : (
        label
      )}
      {children}
    </Stack>
  );
}
