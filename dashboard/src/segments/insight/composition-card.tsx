import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { CompositionView } from "../../../../server/src/segments/contracts.ts";
import { useFormat } from "../../i18n/format.ts";
import { useLabel } from "../../i18n/label.ts";
import { Card } from "../../parts/card.tsx";
import { QueryView } from "../../parts/query-view.tsx";
import type { Segment } from "../queries.ts";
import classes from "./insight.module.css";
import { compositionQuery } from "./queries.ts";

type Dimension = CompositionView["dimensions"][number];

/** Channels, cities, orders, money and consent of its people, each beside everybody. */
export function CompositionCard({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const composition = useQuery(compositionQuery(segment.id));
  return (
    <Card title={t("segmentPage.composition")}>
      <QueryView query={composition} height={320}>
        {(data) =>
          data.asked === 0 ? (
            <Text size="sm" c="dimmed">
              {t("segmentPage.nobodyToDescribe")}
            </Text>
          ) : (
            <Stack gap="md">
              <Text size="xs" c="dimmed">
                {data.is_sample
                  ? t("segmentPage.sample", { asked: format.number(data.asked), size: format.number(data.size) })
                  : t("segmentPage.besideEverybody")}
              </Text>
              <Money money={data.money} />
              <Box className={classes.dimensions}>
                {data.dimensions.map((dimension) =>
                  dimension.values.length === 0 ? null : <Values key={dimension.key} dimension={dimension} />,
                )}
              </Box>
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}

function Money({ money }: { readonly money: CompositionView["money"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return money.map(({ currency, buyers, average, median, everybody_median }) => (
    <Group key={currency} gap="xl">
      <Figure label={t("segmentPage.median")} value={format.money({ amount: median, currency })}>
        {t("segmentPage.everybodyHas", { value: format.money({ amount: everybody_median, currency }) })}
      </Figure>
      <Figure label={t("segmentPage.average")} value={format.money({ amount: average, currency })}>
        {t("segmentPage.buyers", { count: buyers, shown: format.number(buyers) })}
      </Figure>
    </Group>
  ));
}

function Figure(props: { readonly label: string; readonly value: string; readonly children: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {props.label}
      </Text>
      <Text size="xl" fw={650}>
        {props.value}
      </Text>
      <Text size="xs" c="dimmed">
        {props.children}
      </Text>
    </div>
  );
}

function Values({ dimension }: { readonly dimension: Dimension }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const nameOf = (value: string) => {
    if (dimension.key === "orders") return t(`segmentPage.orders.${value as "0"}`);
    return dimension.key === "city" ? value : label("channel", value);
  };
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {t(`segmentPage.dimension.${dimension.key}`)}
      </Title>
      <Stack gap={8} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {dimension.values.map(({ value, people, share, everybody_share }) => (
          <li key={value}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm" truncate>
                {nameOf(value)}
              </Text>
              <Text size="sm" style={{ whiteSpace: "nowrap" }}>
                {format.percent(share)}{" "}
                <Text span size="xs" c="dimmed">
                  {format.number(people)}
                </Text>
              </Text>
            </Group>
            <Box
              className={classes.track ?? ""}
              title={t("segmentPage.everybodyHas", { value: format.percent(everybody_share) })}
            >
              <Box className={classes.bar ?? ""} style={{ width: `${share * 100}%` }} />
              <Box className={classes.mark ?? ""} style={{ left: `calc(${everybody_share * 100}% - 1px)` }} />
            </Box>
          </li>
        ))}
      </Stack>
    </section>
  );
}
