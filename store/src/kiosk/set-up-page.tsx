import { Button, Container, Stack, Text, Title } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";

interface SetUpPageProps {
  readonly stores: readonly StoreView[];
  readonly onChoose: (id: string) => void;
}

export function SetUpPage({ stores, onChoose }: SetUpPageProps) {
  const { t } = useTranslation();
  return (
    <Container component="main" size="xs" py="xl">
      <Stack gap="lg">
        <Title order={1}>{t("setUp.title")}</Title>
        <Text c="dimmed">{stores.length > 0 ? t("setUp.text") : t("setUp.none")}</Text>
        {stores.map((store) => (
          <Button
            key={store.id}
            variant="default"
            size="xl"
            justify="flex-start"
            h="auto"
            mih={60}
            py="sm"
            styles={{ label: { whiteSpace: "normal", textAlign: "start" } }}
            leftSection={<IconBuildingStore />}
            onClick={() => onChoose(store.id)}
          >
            {store.name}, {store.city}
          </Button>
        ))}
      </Stack>
    </Container>
  );
}
