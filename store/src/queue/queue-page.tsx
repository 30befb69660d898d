import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queueQuery } from "../orders/queries.ts";
import { useChosenStore } from "../session/chosen-store.ts";
import { Failure } from "../shell/failure.tsx";
import { Discrepancies } from "./discrepancies.tsx";
import { Errands } from "./errands.tsx";
import { Fulfilments } from "./fulfilments.tsx";
import { ToCheck } from "./to-check.tsx";

/** What waits for somebody in this store, the oldest first. */
export function QueuePage() {
  const { t } = useTranslation();
  const storeId = useChosenStore() ?? "";
  const queue = useQuery(queueQuery(storeId));
  const items = queue.data?.items ?? [];
  return (
    <Stack maw={760} mx="auto" gap="xl">
      <Title order={1}>{t("nav.queue")}</Title>
      <Errands storeId={storeId} />
      {queue.isError && <Failure error={queue.error} retry={queue.refetch} />}
      {queue.isSuccess && items.length === 0 && <Text c="dimmed">{t("queue.empty")}</Text>}
      <Fulfilments title={t("queue.prepare")} items={items.filter(({ state }) => state !== "ready")} />
      <Fulfilments title={t("queue.ready")} items={items.filter(({ state }) => state === "ready")} />
      <ToCheck storeId={storeId} />
      <Discrepancies storeId={storeId} />
    </Stack>
  );
}
