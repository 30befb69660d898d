import { Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Copyable } from "../parts/copyable.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { setupQuery } from "../session/queries.ts";

/** The write key is public by nature; the secret key was printed once at the first start and is not shown. */
export function KeysSettings() {
  const { t } = useTranslation();
  const setup = useQuery(setupQuery);
  return (
    <Paper p="md" maw={720}>
      <QueryView query={setup} height={200}>
        {(data) => (
          <Stack gap="lg">
            <div>
              <Title order={2} size="h3" mb={4}>
                {t("settings.writeKey")}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {t("settings.writeKeyText")}
              </Text>
              <Copyable value={data.write_key} shown={mask(data.write_key)} />
            </div>
            <div>
              <Title order={2} size="h3" mb={4}>
                {t("settings.secretKey")}
              </Title>
              <Text size="sm" c="dimmed">
                {t("settings.secretKeyText")}
              </Text>
            </div>
            <div>
              <Title order={2} size="h3" mb={4}>
                {t("settings.address")}
              </Title>
              <Copyable value={data.public_url} />
            </div>
          </Stack>
        )}
      </QueryView>
    </Paper>
  );
}

const mask = (key: string) => (key.length <= 12 ? key : `${key.slice(0, 6)}…${key.slice(-4)}`);
