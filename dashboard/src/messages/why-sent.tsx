import { List, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { MessageView } from "../../../server/src/messages/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { useDescribeNode } from "../journeys/describe-node.ts";
import { useDescribeNote } from "../journeys/describe-note.ts";
import { journeyQuery, runsQuery } from "../journeys/queries.ts";
import type { JourneyGraph, RunView } from "../journeys/wire.ts";
import { TextLink } from "../parts/link.tsx";
import { When } from "../parts/when.tsx";

/** The answer to "why did she get this?": the journey, her way through it, or the call that asked for it. */
export function WhySent({ message }: { readonly message: MessageView }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Stack gap="xs">
      <Title order={3}>{t(message.status === "sent" ? "messages.why" : "messages.whyNot")}</Title>
      {message.reason ? (
        <Paper p="sm">
          <Text size="sm">{label("message_reason", message.reason)}</Text>
        </Paper>
      ) : null}
      {message.journey_id && message.profile_id ? (
        <WayThrough message={message} journeyId={message.journey_id} profileId={message.profile_id} />
      ) : message.broadcast_id ? (
        <Text size="sm">
          {t("messages.byBroadcast")}{" "}
          <TextLink underline="always" to="/messages/broadcasts/$id" params={{ id: message.broadcast_id }} size="sm">
            {message.broadcast_name ?? message.broadcast_id}
          </TextLink>
          {message.variant ? ` · ${t("broadcasts.variant", { key: message.variant })}` : ""}
        </Text>
      ) : (
        <Text size="sm">{t(message.template_id ? "messages.byCall" : "messages.byHouse")}</Text>
      )}
      {message.template_id ? (
        <Text size="sm">
          {t("messages.template")}:{" "}
          <TextLink
            underline="always"
            to="/messages/templates/$id"
            params={{ id: message.template_id }}
            search={{ person: message.profile_id ?? undefined }}
            size="sm"
          >
            {message.template_name}
          </TextLink>
        </Text>
      ) : null}
    </Stack>
  );
}

interface WayThroughProps {
  readonly message: MessageView;
  readonly journeyId: string;
  readonly profileId: string;
}

function WayThrough({ message, journeyId, profileId }: WayThroughProps) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  const describeNote = useDescribeNote();
  const journey = useQuery(journeyQuery(journeyId));
  const runs = useQuery(runsQuery(journeyId, { profile: profileId }));
  const run = runs.data?.items.find((candidate) => candidate.entered_at <= message.created_at);
  const nodes = journey.data?.graph.nodes ?? {};
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t("messages.byJourney")}{" "}
        <TextLink underline="always" to="/journeys/$id" params={{ id: journeyId }} size="sm">
          {journey.data?.name ?? journeyId}
        </TextLink>
        {run ? (
          <>
            {" · "}
            {t("journeys.entered")} <When at={run.entered_at} />
          </>
        ) : null}
      </Text>
      {run ? (
        <List size="sm" type="ordered">
          {stepsBefore(run, nodes, message.created_at).map((step) => {
            const node = nodes[step.node];
            return (
              <List.Item key={`${step.node}:${step.at}`}>
                {node ? describe(node) : step.node} <When at={step.at} size="xs" c="dimmed" />
                <Text size="xs" c="dimmed">
                  {describeNote(step.note)}
                </Text>
              </List.Item>
            );
          })}
        </List>
      ) : null}
    </Stack>
  );
}

/** The way up to the decision to send; what came after it does not explain it. */
function stepsBefore(run: RunView, nodes: JourneyGraph["nodes"], at: string): RunView["steps"] {
  const end = run.steps.findLastIndex((step) => nodes[step.node]?.kind === "send" && step.at <= at);
  return run.steps.slice(0, end + 1);
}
