import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../../api/http.ts";
import { useFormat } from "../../i18n/format.ts";
import { ErrorNotice } from "../../parts/notices.tsx";
import { SecretOnce } from "../../webhooks/secret-once.tsx";

/** What the other side checks our calls with; one secret signs those of all journeys. */
export function CallSecret() {
  const { t } = useTranslation();
  const format = useFormat();
  const rotate = useMutation({
    mutationFn: () => call<{ secret: string; old_secret_until: string }>("POST", "/v1/journeys/call-secret/rotate"),
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="xs" c="dimmed">
        {t("node.signedText")}
      </Text>
      {rotate.data ? (
        <SecretOnce secret={rotate.data.secret}>
          {t("webhooks.oldSecret", { at: format.moment(rotate.data.old_secret_until) })}
        </SecretOnce>
      ) : (
        <Button variant="light" size="compact-sm" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {t("node.newSecret")}
        </Button>
      )}
      {rotate.isError ? <ErrorNotice error={rotate.error} /> : null}
    </Stack>
  );
}
