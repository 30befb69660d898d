import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { WEBHOOKS } from "./queries.ts";
import type { DialogProps } from "./webhook-dialogs.tsx";

/** Asks what becomes of what has waited. */
export function EnableEndpoint({ endpoint, onClose }: DialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const enable = useMutation({
    mutationFn: (waiting: "send" | "skip") => call("POST", `/v1/webhooks/${endpoint.id}/enable`, { waiting }),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: WEBHOOKS });
      onClose();
    },
  });
  return (
    <Stack>
      <Text size="sm">{t("webhooks.enableText", { count: endpoint.waiting })}</Text>
      {enable.isError ? <ErrorNotice error={enable.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={enable.isPending} onClick={() => enable.mutate("skip")}>
          {t("webhooks.skip")}
        </Button>
        <Button data-autofocus loading={enable.isPending} onClick={() => enable.mutate("send")}>
          {t("webhooks.sendThem")}
        </Button>
      </Group>
    </Stack>
  );
}
