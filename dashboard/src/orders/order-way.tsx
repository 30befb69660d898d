import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { When } from "../parts/when.tsx";
import { type Tracking, trackingQuery } from "./queries.ts";
import { useReason } from "./use-reason.ts";

/** Steps whose note is a reason. */
const ENDED: readonly Tracking["steps"][number]["step"][] = ["rejected", "expired", "cancelled"];

/** Step by step, by when things happened: what the buyer and the store see, too. */
export function OrderWay({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const reasonOf = useReason();
  const way = useQuery(trackingQuery(id));
  return (
    <Card title={t("orderBook.happened")}>
      <QueryView query={way} height={120}>
        {({ steps }) => (
          <Stack gap={4}>
            {steps.map(({ at, step, note, fulfilment_id }) => {
              const name = t(`orderBook.steps.${step}`);
              const said = note && ENDED.includes(step) ? reasonOf(note) : note;
              return (
                <Group key={`${at} ${step} ${fulfilment_id} ${note}`} justify="space-between" gap="xs" wrap="nowrap">
                  <Text size="sm">
                    {name}
                    {said && said !== name ? (
                      <Text span size="xs" c="dimmed">
                        {" "}
                        {said}
                      </Text>
                    ) : null}
                  </Text>
                  <When at={at} />
                </Group>
              );
            })}
          </Stack>
        )}
      </QueryView>
    </Card>
  );
}
