import { Button, Checkbox, Code, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../../segments/duration-input.tsx";
import { isDrawable } from "../graph-shape.ts";
import { withLateWay } from "../late-way.ts";
import type { JourneyGraph, JourneyNode, NodeKind } from "../wire.ts";
import { AsStored } from "./as-stored.tsx";
import { BranchForm } from "./branch-form.tsx";
import { ExperimentForm, SplitForm } from "./divide-forms.tsx";
import { AdAudienceForm, EnterJourneyForm, ListForm, UpdateTraitForm, WebhookForm } from "./do-forms.tsx";
import type { FormProps } from "./form-props.ts";
import { SendForm } from "./send-form.tsx";
import { BestHourForm, WaitDateForm, WaitEventForm, WaitForm, WaitUntilForm } from "./wait-forms.tsx";

const FORMS: { readonly [K in NodeKind]: ((props: FormProps<K>) => React.ReactNode) | null } = {
  wait: WaitForm,
  wait_until: WaitUntilForm,
  wait_date: WaitDateForm,
  wait_event: WaitEventForm,
  best_hour: BestHourForm,
  branch: BranchForm,
  split: SplitForm,
  experiment: ExperimentForm,
  send: SendForm,
  webhook: WebhookForm,
  update_trait: UpdateTraitForm,
  list: ListForm,
  ad_audience: AdAudienceForm,
  enter_journey: EnterJourneyForm,
  exit: null,
};

interface NodeFormProps {
  readonly id: string;
  readonly node: JourneyNode;
  readonly graph: JourneyGraph;
  readonly onGraph: (graph: JourneyGraph) => void;
  readonly onChange: (node: JourneyNode) => void;
  readonly onRemove: () => void;
  readonly onCopy: () => void;
  readonly onAnew: () => void;
}

/** What a node does, beside the canvas. */
export function NodeForm({ id, node, graph, onGraph, onChange, onRemove, onCopy, onAnew }: NodeFormProps) {
  const { t } = useTranslation();
  const isKnown = Object.hasOwn(FORMS, node.kind);
  if (!isDrawable(node))
    return (
      <AsStored
        title={t(`node.kind.${isKnown ? node.kind : "foreign"}`)}
        stored={node}
        onAnew={isKnown ? onAnew : undefined}
        onRemove={onRemove}
      />
    );
  // The form of a kind is given nodes of that kind.
  const Form = isKnown ? (FORMS[node.kind] as ((props: FormProps<NodeKind>) => React.ReactNode) | null) : null;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t(`node.kind.${isKnown ? node.kind : "foreign"}`)}
        </Title>
        {node.kind === "exit" ? null : (
          <Group gap={4}>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={onCopy}>
              {t("action.copy")}
            </Button>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
              {t("action.remove")}
            </Button>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`node.help.${isKnown ? node.kind : "foreign"}`)}
      </Text>
      {Form ? <Form id={id} node={node} graph={graph} onChange={onChange} onGraph={onGraph} /> : null}
      {isKnown ? null : <Code block>{JSON.stringify(node, null, 2)}</Code>}
      <LateForm id={id} node={node} graph={graph} onGraph={onGraph} />
      <TextInput
        label={t("node.name")}
        value={node.name ?? ""}
        maxLength={120}
        onChange={(event) => onChange(withText(node, "name", event.currentTarget.value))}
      />
      <Textarea
        label={t("node.note")}
        autosize
        minRows={2}
        maxLength={1_000}
        value={node.note ?? ""}
        onChange={(event) => onChange(withText(node, "note", event.currentTarget.value))}
      />
    </Stack>
  );
}

const MAY_BE_LATE: readonly string[] = ["wait", "wait_until", "wait_date", "best_hour"];

function LateForm({ id, node, graph, onGraph }: Pick<NodeFormProps, "id" | "node" | "graph" | "onGraph">) {
  const { t } = useTranslation();
  if (!MAY_BE_LATE.includes(node.kind) || !isTimed(node)) return null;
  return (
    <>
      <Checkbox
        label={t("node.late")}
        description={t("node.lateText")}
        checked={node.on_late !== undefined}
        onChange={(event) => onGraph(withLateWay(graph, id, event.currentTarget.checked ? "PT12H" : null))}
      />
      {node.late_after === undefined ? null : (
        <DurationInput
          size="sm"
          label={t("node.lateAfter")}
          value={node.late_after}
          onChange={(after) => onGraph(withLateWay(graph, id, after))}
        />
      )}
    </>
  );
}

type Timed = Extract<JourneyNode, { late_after?: unknown }>;

function isTimed(node: JourneyNode): node is Timed {
  return MAY_BE_LATE.includes(node.kind);
}

/** An empty text is none. */
function withText(node: JourneyNode, key: "name" | "note", text: string): JourneyNode {
  const { [key]: _, ...rest } = node;
  return (text === "" ? rest : { ...node, [key]: text }) as JourneyNode;
}
