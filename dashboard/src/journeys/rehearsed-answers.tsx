import { Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDescribeNode } from "./describe-node.ts";
import { type JsonObject, readObject } from "./read-object.ts";
import { MONOSPACE } from "./rehearsed-events.tsx";
import type { JourneyGraph } from "./wire.ts";

/** What other systems answer, by step, as it is typed; nothing typed: they do not answer in time. */
export type Answers = Readonly<Record<string, string>>;

interface RehearsedAnswersProps {
  readonly graph: JourneyGraph;
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}

const EXAMPLE = '{ "score": 7 }';

/** One field for each step that calls another system: nothing is called in a rehearsal. */
export function RehearsedAnswers({ graph, answers, onChange }: RehearsedAnswersProps) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  return (
    <Stack gap="xs">
      {callsOf(graph).map(({ id, node }) => {
        const text = answers[id] ?? "";
        return (
          <Textarea
            key={id}
            label={t("rehearsal.answer", { step: describe(node) })}
            description={t("rehearsal.answerText")}
            placeholder={EXAMPLE}
            autosize
            minRows={1}
            maxRows={8}
            styles={MONOSPACE}
            value={text}
            error={isReadable(text) ? null : t("rehearsal.notAnObject", { example: EXAMPLE })}
            onChange={(event) => onChange({ ...answers, [id]: event.currentTarget.value })}
          />
        );
      })}
    </Stack>
  );
}

/** The bodies as the api wants them; null: one of them is no JSON object. */
export function bodiesOf(graph: JourneyGraph, answers: Answers): Record<string, { body: JsonObject }> | null {
  const bodies: Record<string, { body: JsonObject }> = {};
  for (const { id } of callsOf(graph)) {
    const text = answers[id] ?? "";
    if (!isReadable(text)) return null;
    const body = readObject(text);
    if (body) bodies[id] = { body };
  }
  return bodies;
}

function callsOf({ nodes }: JourneyGraph) {
  return Object.entries(nodes).flatMap(([id, node]) => (node.kind === "webhook" ? [{ id, node }] : []));
}

function isReadable(text: string): boolean {
  return text.trim() === "" || readObject(text) !== null;
}
