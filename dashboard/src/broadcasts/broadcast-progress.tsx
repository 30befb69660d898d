import { Alert, Group, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { When } from "../parts/when.tsx";
import { shareDone } from "./progress.ts";
import type { BroadcastView } from "./queries.ts";

const PARTS = ["audience", "waiting", "queued", "sent", "skipped", "failed", "held_out"] as const;

/** How far it is: everybody of the audience stands in one of the numbers. */
export function BroadcastProgress({ broadcast }: { readonly broadcast: BroadcastView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = shareDone(broadcast);
  return (
    <Paper p="md" component="section" aria-label={t("broadcasts.progress")}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm">{broadcast.audience_name ?? t("broadcasts.audienceGone")}</Text>
          <Text size="sm" fw={600}>
            {format.percent(share)}
          </Text>
        </Group>
        <Progress value={share * 100} aria-label={t("broadcasts.progressOf", { name: broadcast.name })} />
        {broadcast.problem ? <Alert color="orange">{t("broadcasts.problems.audience_gone")}</Alert> : null}
        <SimpleGrid cols={{ base: 2, xs: 4, md: 7 }}>
          {PARTS.map((part) => (
            <div key={part}>
              <Text size="xs" c="dimmed">
                {t(`broadcasts.parts.${part}`)}
              </Text>
              <Text size="lg" fw={600}>
                {format.number(broadcast.progress[part])}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        <Plan broadcast={broadcast} />
        <Group gap="lg">
          {(["launched", "started", "ended"] as const).map((step) => {
            const at = broadcast[`${step}_at`];
            return at === null ? null : (
              <Text key={step} size="xs" c="dimmed" component="div">
                {t(`broadcasts.steps.${step}`)} <When at={at} size="xs" />
              </Text>
            );
          })}
        </Group>
      </Stack>
    </Paper>
  );
}

/** What those who wait are waiting for. */
function Plan({ broadcast }: { readonly broadcast: BroadcastView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { schedule, per_minute, winner_rule: rule, decides_at } = broadcast;
  if (broadcast.state === "done" || broadcast.state === "cancelled") return null;
  const lines = [
    schedule.kind === "local" ? t("broadcasts.plan.local", { at: format.local(schedule.at) }) : null,
    schedule.kind === "at" && broadcast.started_at === null
      ? t("broadcasts.plan.at", { at: format.moment(schedule.at) })
      : null,
    per_minute === null ? null : t("broadcasts.plan.throttle", { n: format.number(per_minute) }),
    rule === null || broadcast.winner !== null
      ? null
      : t("broadcasts.plan.test", {
          share: format.percent(rule.test_share),
          measure: t(`broadcasts.outcome.${rule.measure}`),
        }),
    decides_at === null ? null : t("broadcasts.plan.decides", { at: format.moment(decides_at) }),
    rule?.confidence === undefined || broadcast.winner !== null
      ? null
      : t("broadcasts.plan.sure", { level: format.percent(rule.confidence) }),
  ].filter((line) => line !== null);
  return lines.length === 0 ? null : <Text size="sm">{lines.join(" ")}</Text>;
}
