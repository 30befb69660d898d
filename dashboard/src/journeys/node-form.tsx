import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { templatesQuery } from "../messages/queries.ts";
import { TextLink } from "../parts/link.tsx";
import { DurationInput } from "../segments/duration-input.tsx";
import { EventPicker } from "../segments/pickers.tsx";
import { WhereEditor } from "../segments/where-editor.tsx";
import { BranchForm } from "./branch-form.tsx";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

interface NodeFormProps {
  readonly id: string;
  readonly node: JourneyNode;
  readonly graph: JourneyGraph;
  readonly onGraph: (graph: JourneyGraph) => void;
  readonly onChange: (node: JourneyNode) => void;
  readonly onRemove: () => void;
}

/** What a node does, beside the canvas. */
export function NodeForm({ id, node, graph, onGraph, onChange, onRemove }: NodeFormProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t(`node.kind.${node.kind}`)}
        </Title>
        {node.kind === "exit" ? null : (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
            {t("action.remove")}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`node.help.${node.kind}`)}
      </Text>
      {node.kind === "wait" ? (
        <DurationInput
          size="sm"
          label={t("node.duration")}
          value={node.duration}
          onChange={(duration) => onChange({ ...node, duration })}
        />
      ) : null}
      {node.kind === "wait_event" ? (
        <>
          <EventPicker
            size="sm"
            label={t("builder.event")}
            value={node.event}
            onChange={(event) => onChange({ ...node, event })}
          />
          <div>
            <WhereEditor where={node.where} onChange={(where) => onChange({ ...node, where })} />
          </div>
          <div>
            <Text size="sm" mb={4}>
              {t("node.atMost")}
            </Text>
            <DurationInput
              size="sm"
              label={t("node.atMost")}
              value={node.timeout}
              onChange={(timeout) => onChange({ ...node, timeout })}
            />
          </div>
        </>
      ) : null}
      {node.kind === "send" ? <SendForm node={node} onChange={onChange} /> : null}
      {node.kind === "branch" ? <BranchForm id={id} node={node} graph={graph} onGraph={onGraph} /> : null}
    </Stack>
  );
}

interface SendFormProps {
  readonly node: Extract<JourneyNode, { kind: "send" }>;
  readonly onChange: (node: JourneyNode) => void;
}

function SendForm({ node, onChange }: SendFormProps) {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery);
  return (
    <Stack gap="xs">
      <Select
        label={t("messages.template")}
        searchable
        placeholder={t("node.pickTemplate")}
        data={templates.data?.items.map((template) => ({ value: template.id, label: template.name })) ?? []}
        value={node.template_id || null}
        error={node.template_id === ""}
        onChange={(template_id) => onChange({ ...node, template_id: template_id ?? "" })}
      />
      {node.template_id ? (
        <TextLink to="/messages/templates/$id" params={{ id: node.template_id }} size="sm">
          {t("node.openTemplate")}
        </TextLink>
      ) : null}
    </Stack>
  );
}
