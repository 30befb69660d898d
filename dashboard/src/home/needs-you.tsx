import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { get, type Page } from "../api/http.ts";
import type { QuarantineRow } from "../events/queries.ts";
import { journeysQuery } from "../journeys/queries.ts";
import { TextLink } from "../parts/link.tsx";
import { segmentsQuery } from "../segments/queries.ts";
import { emailChannelQuery, pipelineQuery } from "../settings/queries.ts";
import { webhooksQuery } from "../webhooks/queries.ts";
import { nameOf } from "../webhooks/words.ts";

const LATE_MS = 60_000;

/** The few things only a person can put right; when there are none it says so in one line. */
export function NeedsYou() {
  const { t } = useTranslation();
  const pipeline = useQuery({ ...pipelineQuery, refetchInterval: 30_000 });
  const quarantine = useQuery({
    queryKey: ["quarantine", "first"],
    queryFn: () => get<Page<QuarantineRow>>("/v1/quarantine", { limit: 1 }),
  });
  const journeys = useQuery(journeysQuery);
  const segments = useQuery(segmentsQuery);
  const email = useQuery(emailChannelQuery);
  const webhooks = useQuery(webhooksQuery);
  const drafts = journeys.data?.items.filter((journey) => journey.status === "draft") ?? [];
  const paused = journeys.data?.items.filter((journey) => journey.status === "paused" && journey.active > 0) ?? [];
  const broken = segments.data?.items.filter((segment) => segment.problem !== null) ?? [];

  const needs: { key: string; text: string; link: ReactNode }[] = [];
  if ((pipeline.data?.oldest_ms ?? 0) > LATE_MS) {
    needs.push({
      key: "pipeline",
      text: t("home.behind"),
      link: (
        <TextLink to="/settings" search={{ tab: "pipeline" }} size="sm">
          {t("home.look")}
        </TextLink>
      ),
    });
  }
  if ((quarantine.data?.items.length ?? 0) > 0) {
    needs.push({
      key: "quarantine",
      text: t("home.quarantine"),
      link: (
        <TextLink to="/events" search={{ tab: "quarantine" }} size="sm">
          {t("home.look")}
        </TextLink>
      ),
    });
  }
  for (const webhook of webhooks.data?.items ?? []) {
    // Who was disabled by somebody is known to somebody.
    if (webhook.state === "enabled" || webhook.disabled_reason === "manual") continue;
    needs.push({
      key: webhook.id,
      text: t("home.deafWebhook", { name: nameOf(webhook) }),
      link: (
        <TextLink to="/settings/webhooks/$id" params={{ id: webhook.id }} size="sm">
          {t("home.look")}
        </TextLink>
      ),
    });
  }
  for (const segment of broken) {
    needs.push({
      key: segment.id,
      text: t("home.brokenSegment", { name: segment.name }),
      link: (
        <TextLink to="/segments/$id" params={{ id: segment.id }} size="sm">
          {t("home.look")}
        </TextLink>
      ),
    });
  }
  for (const journey of paused) {
    needs.push({
      key: journey.id,
      text: t("home.pausedJourney", { name: journey.name, count: journey.active }),
      link: (
        <TextLink to="/journeys/$id" params={{ id: journey.id }} size="sm">
          {t("home.look")}
        </TextLink>
      ),
    });
  }
  for (const journey of drafts) {
    needs.push({
      key: journey.id,
      text: t("home.draftJourney", { name: journey.name }),
      link: (
        <TextLink to="/journeys/$id" params={{ id: journey.id }} size="sm">
          {t("home.finish")}
        </TextLink>
      ),
    });
  }
  if (email.data?.delivery === "mailbox") {
    needs.push({
      key: "smtp",
      text: t("home.noSmtp"),
      link: (
        <TextLink to="/settings" search={{ tab: "email" }} size="sm">
          {t("home.setUp")}
        </TextLink>
      ),
    });
  }

  return (
    <Paper component="section" p="md" aria-label={t("home.needsYou")}>
      <Title order={2} size="h3" mb="xs">
        {t("home.needsYou")}
      </Title>
      {needs.length === 0 ? (
        <Group gap="xs">
          <IconCircleCheck size={18} color="var(--mantine-color-teal-text)" aria-hidden />
          <Text size="sm">{t("home.nothing")}</Text>
        </Group>
      ) : (
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {needs.map((need) => (
            <Group component="li" key={need.key} gap="xs" wrap="nowrap">
              <IconAlertTriangle size={17} color="var(--kilim-warning)" aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm">{need.text}</Text>
              <span style={{ whiteSpace: "nowrap" }}>{need.link}</span>
            </Group>
          ))}
        </Stack>
      )}
    </Paper>
  );
}
