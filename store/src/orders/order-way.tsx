import { Card, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { trackingQuery } from "./queries.ts";

/** What has happened to it, the same as the buyer sees. */
export function OrderWay({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation();
  const way = useQuery(trackingQuery(id));
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  if (!way.data) return null;
  return (
    <Card>
      <Title order={2}>{t("order.way")}</Title>
      <Stack component="ol" gap={6} mt="sm" mb={0} pl="lg">
        {way.data.steps.map(({ at, step, note, fulfilment_id }) => (
          <li key={`${at} ${step} ${fulfilment_id} ${note}`}>
            <Text span fw={650}>
              {t(`order.step.${step}`)}
            </Text>{" "}
            <Text span c="dimmed">
              {[note, time.format(new Date(at))].filter(Boolean).join(" · ")}
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}
