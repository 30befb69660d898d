import {
  Button,
  Checkbox,
  Drawer,
  Group,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call, Problem } from "../api/http.ts";
import { useLabel } from "../i18n/label.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { readObject } from "./read-object.ts";
import { RehearsalOutcome } from "./rehearsal-outcome.tsx";
import { type Answers, bodiesOf, RehearsedAnswers } from "./rehearsed-answers.tsx";
import { hasReadableProperties, MONOSPACE, RehearsedEvents, type WhatHappens } from "./rehearsed-events.tsx";
import type { Walk } from "./use-walk.ts";
import type { JourneyGraph, RehearsedView } from "./wire.ts";

interface RehearsalDrawerProps {
  readonly journeyId: string;
  readonly graph: JourneyGraph;
  readonly walk: Walk;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const SOMEBODY = '{ "email": "ayse@example.com", "first_name": "Ayşe", "language": "tr" }';
const CONSENTED = ["email", "sms", "whatsapp", "push"];
/** The theme's `lg`, told in pixels: what of the canvas lies behind it is known. */
export const REHEARSAL_WIDTH = 620;

/** One person, a clock of its own, every decision and every message. Nothing leaves. */
export function RehearsalDrawer({ journeyId, graph, walk, isOpen, onClose }: RehearsalDrawerProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [who, setWho] = useState<"real" | "made">("made");
  const [person, setPerson] = useState("");
  const [traits, setTraits] = useState(SOMEBODY);
  const [consent, setConsent] = useState<readonly string[]>(CONSENTED);
  const [starts, setStarts] = useState(() => new Date().toISOString().slice(0, 16));
  const [enters, setEnters] = useState(true);
  const [events, setEvents] = useState<readonly WhatHappens[]>([]);
  const [answered, setAnswered] = useState<Answers>({});
  const made = readObject(traits);
  const answers = bodiesOf(graph, answered);
  const isReadable =
    (who === "real" ? person.trim() !== "" : made !== null) && events.every(hasReadableProperties) && answers !== null;
  const run = useMutation({
    mutationFn: () =>
      call<RehearsedView>("POST", `/v1/journeys/${journeyId}/rehearse`, {
        graph,
        enters,
        starts: new Date(`${starts}Z`).toISOString(),
        events: events
          .filter(({ event }) => event !== "")
          .map(({ properties, ...happens }) => ({ ...happens, properties: readObject(properties) ?? {} })),
        answers,
        ...(who === "real" ? { profile: referenceOf(person.trim()) } : { traits: made, consent }),
      }),
    onSuccess: walk.keep,
  });
  const isNobody = run.error instanceof Problem && run.error.code === "profile_not_found";
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={REHEARSAL_WIDTH}
      overlayProps={{ backgroundOpacity: walk.moment ? 0.1 : 0.3 }}
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
          <>
            <Textarea
              label={t("rehearsal.traits")}
              autosize
              minRows={2}
              styles={MONOSPACE}
              value={traits}
              error={made === null ? t("rehearsal.notAnObject", { example: SOMEBODY }) : null}
              onChange={(event) => setTraits(event.currentTarget.value)}
            />
            <Checkbox.Group label={t("rehearsal.consent")} value={[...consent]} onChange={setConsent}>
              <Group gap="md" mt={4}>
                {CONSENTED.map((channel) => (
                  <Checkbox key={channel} size="sm" value={channel} label={label("channel", channel)} />
                ))}
              </Group>
            </Checkbox.Group>
          </>
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
        <RehearsedAnswers graph={graph} answers={answered} onChange={setAnswered} />
        <Button disabled={!isReadable} loading={run.isPending} onClick={() => run.mutate()}>
          {t("rehearsal.run")}
        </Button>
        {run.isError && !isNobody ? <ErrorNotice error={run.error} /> : null}
        {walk.rehearsed ? (
          <RehearsalOutcome rehearsed={walk.rehearsed} moment={walk.moment} graph={graph} onGo={walk.go} />
        ) : null}
      </Stack>
    </Drawer>
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
