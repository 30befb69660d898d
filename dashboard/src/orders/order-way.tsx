import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { trackingQuery } from "./queries.ts";

/** Step by step, by when things happened: what the buyer and the store see, too. */
export function OrderWay({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const way = useQuery(trackingQuery(id));
  return (
    <Card title={t("orderBook.happened")}>
      <QueryView query={way} height={120}>
        {({ steps }) => (
          <Stack gap={4}>
            {steps.map(({ at, step, note, fulfilment_id }) => (
              <Group key={`${at} ${step} ${fulfilment_id} ${note}`} justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm">
                  {t(`orderBook.steps.${step}`)}
                  {note ? (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      {note}
                    </Text>
                  ) : null}
                </Text>
                <When at={at} />
              </Group>
            ))}
          </Stack>
        )}
      </QueryView>
    </Card>
  );
}
