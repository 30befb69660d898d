import { Button, Container, Stack, Text, Title } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { storesQuery } from "../products/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { chooseStore } from "./chosen-store.ts";

export function ChooseStorePage() {
  const { t } = useTranslation();
  const stores = useQuery(storesQuery);
  return (
    <Container component="main" size="xs" py="xl">
      <Stack gap="lg">
        <Title order={1}>{t("store.choose")}</Title>
        <Text c="dimmed">{t("store.chooseText")}</Text>
        {stores.isError && <Failure error={stores.error} retry={stores.refetch} />}
        {stores.data?.items.map((store) => (
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
            onClick={() => chooseStore(store.id)}
          >
            {store.name}, {store.city}
          </Button>
        ))}
        {stores.data?.items.length === 0 && <Text>{t("store.none")}</Text>}
      </Stack>
    </Container>
  );
}
