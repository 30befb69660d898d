import { Alert, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Copyable } from "../parts/copyable.tsx";

/** A signing secret in the only moment in which it is seen. */
export function SecretOnce({ secret, children }: { readonly secret: string; readonly children?: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t("webhooks.secretOnce")}>
      <Stack gap="xs">
        <Copyable value={secret} />
        <Text size="sm">{children ?? t("webhooks.secretText")}</Text>
      </Stack>
    </Alert>
  );
}
