import { Alert, Paper, Text, Timeline } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { MailFrame } from "../messages/mail-frame.tsx";
import { useDescribeNode } from "./describe-node.ts";
import { useDescribeNote } from "./describe-note.ts";
import { useDescribeWould } from "./describe-would.ts";
import classes from "./rehearsal.module.css";
import { RehearsalWalk } from "./rehearsal-walk.tsx";
import type { Walk } from "./use-walk.ts";
import type { JourneyGraph, RehearsedView } from "./wire.ts";

interface RehearsalOutcomeProps {
  readonly rehearsed: RehearsedView;
  readonly moment: Walk["moment"];
  readonly graph: JourneyGraph;
  readonly onGo: Walk["go"];
}

/** What has been decided and said up to the moment one stands at. */
export function RehearsalOutcome({ rehearsed, moment, graph, onGo }: RehearsalOutcomeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const describe = useDescribeNode();
  const describeNote = useDescribeNote();
  const describeWould = useDescribeWould();
  const last = useRef<HTMLDivElement>(null);
  const reached = moment?.reached;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls as soon as one stands elsewhere
  useEffect(() => {
    last.current?.scrollIntoView({ block: "nearest" });
  }, [reached]);
  const nameOf = (id: string) => {
    const node = graph.nodes[id];
    return node ? describe(node) : id;
  };
  const { run, messages } = rehearsed;
  if (!run || !moment) return <Alert variant="light">{t("rehearsal.none")}</Alert>;
  const ending =
    run.status === "ended"
      ? t("rehearsal.ended", { reason: label("exit_reason", run.exitReason ?? "completed") })
      : t("rehearsal.waiting", { node: nameOf(run.node) });
  return (
    <>
      <Timeline bulletSize={14} lineWidth={2} active={moment.reached}>
        {moment.steps.map((step, index) => (
          <Timeline.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their order
            key={index}
            ref={index === moment.reached - 1 ? last : null}
            className={classes.step ?? ""}
            title={<Text size="sm">{nameOf(step.node)}</Text>}
          >
            <Text size="xs">{describeNote(step.note)}</Text>
            <Text size="xs" c="dimmed">
              {format.moment(step.at)}
            </Text>
            {messages
              .filter(({ node, at }) => node === step.node && at === step.at && step.way === "next")
              .map((message) => (
                <Paper key={message.template} p="xs" mt={6}>
                  <Text size="xs" c="dimmed">
                    {t("rehearsal.message", { channel: label("channel", message.channel) })} · {message.language}
                  </Text>
                  <Text size="sm" fw={600}>
                    {message.subject || message.template}
                  </Text>
                  {message.withheld ? (
                    <Text size="xs" fw={600} c="var(--mantine-color-error)">
                      {t("rehearsal.withheld", { why: label("message_reason", message.withheld) })}
                    </Text>
                  ) : null}
                  {message.errors.map((error) => (
                    <Text key={error} size="xs" fw={600}>
                      ⚠ {error}
                    </Text>
                  ))}
                  {message.html ? (
                    <MailFrame html={message.html} title={message.subject || message.template} height={280} />
                  ) : (
                    <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                      {message.text}
                    </Text>
                  )}
                </Paper>
              ))}
          </Timeline.Item>
        ))}
      </Timeline>
      {moment.would.map(({ at, node, what }) => (
        <Text key={`${at} ${node} ${what.code}`} size="xs" style={{ overflowWrap: "anywhere" }}>
          {describeWould(what)}
        </Text>
      ))}
      {moment.isEnd ? (
        <Text size="sm" fw={600}>
          {ending}
        </Text>
      ) : null}
      <RehearsalWalk moment={moment} onGo={onGo} />
    </>
  );
}
