import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import type { Rfm } from "./queries.ts";
import classes from "./rfm-page.module.css";
import { useScoreWords } from "./use-score-words.ts";

const SCORES = [5, 4, 3, 2, 1];
/** As the server takes orders that name no currency. */
const DEFAULT_CURRENCY = "USD";

/** The boundaries in words. */
export function RfmBoundaries(props: { readonly version: NonNullable<Rfm["version"]>; readonly windowDays: number }) {
  const { t } = useTranslation();
  const words = useScoreWords(props.version, props.windowDays);
  return (
    <Card title={t("rfm.boundaries")}>
      <Text size="sm" c="dimmed">
        {t("rfm.boundariesText", { days: props.windowDays })}
      </Text>
      <Box className={classes.words}>
        <Axis title={t("rfm.recency")} tell={words.recency} />
        <Axis title={t("rfm.frequency")} tell={words.frequency} />
        {props.version.monetary.map(({ currency: named, amounts }) => {
          const currency = (named ?? DEFAULT_CURRENCY).toUpperCase();
          return (
            <Axis
              key={named}
              title={t("rfm.monetary", { currency })}
              tell={(score) => words.monetary(score, currency, amounts)}
            />
          );
        })}
      </Box>
    </Card>
  );
}

function Axis({ title, tell }: { readonly title: string; readonly tell: (score: number) => string }) {
  return (
    <Stack gap={4}>
      <Title order={3} size="sm">
        {title}
      </Title>
      {SCORES.map((score) => (
        <Group key={score} gap="xs" wrap="nowrap" align="baseline">
          <Text size="sm" fw={650} w={14}>
            {score}
          </Text>
          <Text size="sm">{tell(score)}</Text>
        </Group>
      ))}
    </Stack>
  );
}
