import {
  Alert,
  Button,
  Drawer,
  Paper,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Timeline,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call, Problem } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { MailFrame } from "../messages/mail-frame.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { useDescribeNode } from "./describe-node.ts";
import { useDescribeNote } from "./describe-note.ts";
import { useDescribeWould } from "./describe-would.ts";
import { readObject } from "./read-object.ts";
import { hasReadableProperties, MONOSPACE, RehearsedEvents, type WhatHappens } from "./rehearsed-events.tsx";
import type { JourneyGraph, RehearsedView } from "./wire.ts";

interface RehearsalDrawerProps {
  readonly journeyId: string;
  readonly graph: JourneyGraph;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const SOMEBODY = '{ "email": "ayse@example.com", "first_name": "Ayşe", "language": "tr" }';

/** One person, a clock of its own, every decision and every message. Nothing leaves. */
export function RehearsalDrawer({ journeyId, graph, isOpen, onClose }: RehearsalDrawerProps) {
  const { t } = useTranslation();
  const [who, setWho] = useState<"real" | "made">("made");
  const [person, setPerson] = useState("");
  const [traits, setTraits] = useState(SOMEBODY);
  const [starts, setStarts] = useState(() => new Date().toISOString().slice(0, 16));
  const [enters, setEnters] = useState(true);
  const [events, setEvents] = useState<readonly WhatHappens[]>([]);
  const made = readObject(traits);
  const isReadable = (who === "real" ? person.trim() !== "" : made !== null) && events.every(hasReadableProperties);
  const run = useMutation({
    mutationFn: () =>
      call<RehearsedView>("POST", `/v1/journeys/${journeyId}/rehearse`, {
        graph,
        enters,
        starts: new Date(`${starts}Z`).toISOString(),
        events: events
          .filter(({ event }) => event !== "")
          .map(({ properties, ...happens }) => ({ ...happens, properties: readObject(properties) ?? {} })),
        ...(who === "real"
          ? { profile: referenceOf(person.trim()) }
          : { traits: made, consent: ["email", "sms", "whatsapp", "push"] }),
      }),
  });
  const isNobody = run.error instanceof Problem && run.error.code === "profile_not_found";
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={t("rehearsal.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("rehearsal.text")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-label={t("rehearsal.title")}
          value={who}
          data={[
            { value: "made", label: t("rehearsal.made") },
            { value: "real", label: t("rehearsal.real") },
          ]}
          onChange={(value) => setWho(value === "real" ? "real" : "made")}
        />
        {who === "real" ? (
          <TextInput
            label={t("rehearsal.person")}
            value={person}
            error={isNobody ? t("rehearsal.nobody") : null}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
        ) : (
          <Textarea
            label={t("rehearsal.traits")}
            autosize
            minRows={2}
            styles={MONOSPACE}
            value={traits}
            error={made === null ? t("rehearsal.notAnObject", { example: SOMEBODY }) : null}
            onChange={(event) => setTraits(event.currentTarget.value)}
          />
        )}
        <TextInput
          type="datetime-local"
          label={`${t("rehearsal.starts")} (UTC)`}
          value={starts}
          onChange={(event) => event.currentTarget.value && setStarts(event.currentTarget.value)}
        />
        <Switch
          label={t("rehearsal.enters")}
          description={t("rehearsal.entersText")}
          checked={enters}
          onChange={(event) => setEnters(event.currentTarget.checked)}
        />
        <RehearsedEvents events={events} begins={enters ? undefined : beginning(graph)} onChange={setEvents} />
        <Button disabled={!isReadable} loading={run.isPending} onClick={() => run.mutate()}>
          {t("rehearsal.run")}
        </Button>
        {run.isError && !isNobody ? <ErrorNotice error={run.error} /> : null}
        {run.data ? <Outcome rehearsed={run.data} graph={graph} /> : null}
      </Stack>
    </Drawer>
  );
}

function Outcome({ rehearsed, graph }: { readonly rehearsed: RehearsedView; readonly graph: JourneyGraph }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const describe = useDescribeNode();
  const describeNote = useDescribeNote();
  const describeWould = useDescribeWould();
  const nameOf = (id: string) => {
    const node = graph.nodes[id];
    return node ? describe(node) : id;
  };
  const { run, steps, messages, would } = rehearsed;
  if (!run) return <Alert variant="light">{t("rehearsal.none")}</Alert>;
  const ending =
    run.status === "ended"
      ? t("rehearsal.ended", { reason: label("exit_reason", run.exitReason ?? "completed") })
      : t("rehearsal.waiting", { node: nameOf(run.node) });
  return (
    <>
      <Timeline bulletSize={14} lineWidth={2} active={steps.length}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their order
          <Timeline.Item key={index} title={<Text size="sm">{nameOf(step.node)}</Text>}>
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
      {would.map(({ at, node, what }) => (
        <Text key={`${at} ${node} ${what.code}`} size="xs" style={{ overflowWrap: "anywhere" }}>
          {describeWould(what)}
        </Text>
      ))}
      <Text size="sm" fw={600}>
        {ending}
      </Text>
    </>
  );
}

/** The event by which one comes in. */
function beginning({ entry }: JourneyGraph): string | undefined {
  return entry.kind === "event" ? entry.event : undefined;
}

/** An address or a number as the api wants it; what has a kind, or is an id, stays as it is. */
function referenceOf(text: string): string {
  if (/^[a-z_]+:/.test(text) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)) return text;
  if (text.includes("@")) return `email:${text}`;
  return text.startsWith("+") ? `phone:${text}` : `user_id:${text}`;
}
