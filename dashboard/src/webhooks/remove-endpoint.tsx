import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { webhooksQuery } from "./queries.ts";
import type { DialogProps } from "./webhook-dialogs.tsx";

/** Cannot be undone: secret and deliveries go with it. */
export function RemoveEndpoint({ endpoint, onClose }: DialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call("DELETE", `/v1/webhooks/${endpoint.id}`),
    async onSuccess() {
      await navigate({ to: "/settings", search: { tab: "webhooks" } });
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey, exact: true });
    },
  });
  return (
    <Stack>
      <Text size="sm">{t("webhooks.removeText", { waiting: format.number(endpoint.waiting) })}</Text>
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("webhooks.keep")}
        </Button>
        <Button color="kilim" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("webhooks.removeNow")}
        </Button>
      </Group>
    </Stack>
  );
}
