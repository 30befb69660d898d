import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { WEBHOOKS } from "./queries.ts";
import { SecretOnce } from "./secret-once.tsx";
import type { DialogProps } from "./webhook-dialogs.tsx";

/** A new secret; the one in force signs along for a day. */
export function RotateSecret({ endpoint, onClose }: DialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => call<{ secret: string; old_secret_until: string }>("POST", `/v1/webhooks/${endpoint.id}/rotate`),
    onSuccess: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  return (
    <Stack>
      {rotate.data ? (
        <SecretOnce secret={rotate.data.secret}>
          {t("webhooks.oldSecret", { at: format.moment(rotate.data.old_secret_until) })}
        </SecretOnce>
      ) : (
        <Text size="sm">{t("webhooks.rotateText")}</Text>
      )}
      {rotate.isError ? <ErrorNotice error={rotate.error} /> : null}
      <Group justify="flex-end">
        {rotate.data ? (
          <Button onClick={onClose}>{t("action.close")}</Button>
        ) : (
          <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
            {t("webhooks.rotate")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
