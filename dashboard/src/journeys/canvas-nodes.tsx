import { Badge, Group, Text, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconBolt, IconNote } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-context.ts";
import { useDescribeEntry } from "./describe-entry.ts";
import { useDescribeNode } from "./describe-node.ts";
import { ENTRY } from "./graph-edit.ts";
import { iconOf, NODE_KINDS } from "./node-kinds.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

export function StepNode({ id, data }: NodeProps<Node<{ node: JourneyNode }>>) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeNode();
  const { counts, selected, onSelect, mistakes, marks, stands } = useCanvas();
  const wrong = mistakes.get(id);
  const Shape = iconOf(data.node.kind);
  const kind = NODE_KINDS.includes(data.node.kind) ? data.node.kind : "foreign";
  const count = counts[id] ?? 0;
  return (
    <>
      <Handle type="target" position={Position.Top} />
      <UnstyledButton
        className={`${classes.node} nodrag nopan`}
        onClick={(event) => onSelect(id, event.shiftKey)}
        {...(selected.includes(id) ? { "data-selected": true } : {})}
        {...(wrong ? { "data-unfinished": true } : {})}
        {...(stands === id ? { "aria-current": "step" } : {})}
        {...(marks?.[id] ? { "data-mark": marks[id] } : {})}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs" mb={4}>
          <Group gap={6} wrap="nowrap" miw={0}>
            <Shape size={16} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="xs" fw={600} c="dimmed" truncate>
              {t(`node.kind.${kind}`)}
            </Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            {wrong ? <Wrong messages={wrong} /> : null}
            {typeof data.node.note === "string" && data.node.note !== "" ? (
              <Tooltip label={data.node.note} multiline maw={280}>
                <IconNote size={15} role="img" aria-label={t("node.hasNote")} />
              </Tooltip>
            ) : null}
            {data.node.kind === "send" ? (
              <Badge
                variant="outline"
                size="sm"
                radius="sm"
                tt="none"
                color={data.node.state === "draft" ? "gray" : "teal"}
              >
                {t(data.node.state === "draft" ? "node.draft" : "node.live")}
              </Badge>
            ) : null}
            {count > 0 ? (
              <Tooltip label={t("journeys.peopleHere", { count })}>
                <Badge variant="light" size="sm" radius="sm" tt="none" style={{ flexShrink: 0 }}>
                  {format.number(count)}
                  <VisuallyHidden> {t("journeys.peopleHere", { count })}</VisuallyHidden>
                </Badge>
              </Tooltip>
            ) : null}
          </Group>
        </Group>
        <Text size="sm" lineClamp={2} lh={1.25}>
          {describe(data.node)}
        </Text>
      </UnstyledButton>
      <Handle type="source" position={Position.Bottom} />
    </>
  );
}

/** Where a way ends that leads to no step. */
export function LostEnd() {
  const { t } = useTranslation();
  return (
    <>
      <Handle type="target" position={Position.Top} />
      <Group justify="center" gap={6} wrap="nowrap">
        <IconAlertTriangle size={15} aria-hidden color="var(--mantine-color-error)" />
        <Text size="xs" c="dimmed">
          {t("canvas.mistake.lost_way")}
        </Text>
      </Group>
    </>
  );
}

/** What is wrong with a step, said where it stands. */
function Wrong({ messages }: { readonly messages: readonly string[] }) {
  const { t } = useTranslation();
  const text = messages.length === 0 ? t("canvas.unfinished") : messages.join("\n");
  return (
    <Tooltip label={text} multiline maw={300} style={{ whiteSpace: "pre-line" }}>
      <IconAlertTriangle size={15} role="img" aria-label={text} color="var(--mantine-color-error)" />
    </Tooltip>
  );
}

export function EntryNode({ data }: NodeProps<Node<{ graph: JourneyGraph }>>) {
  const { t } = useTranslation();
  const describe = useDescribeEntry();
  const { selected, onSelect, mistakes, marks } = useCanvas();
  const wrong = mistakes.get(ENTRY);
  const { entry, goal } = describe(data.graph);
  return (
    <>
      <UnstyledButton
        className={`${classes.node} ${classes.entry} nodrag nopan`}
        onClick={() => onSelect(ENTRY, false)}
        {...(selected.includes(ENTRY) ? { "data-selected": true } : {})}
        {...(wrong ? { "data-unfinished": true } : {})}
        {...(marks?.[ENTRY] ? { "data-mark": marks[ENTRY] } : {})}
      >
        <Group gap={6} wrap="nowrap" mb={2}>
          <IconBolt size={16} stroke={1.7} aria-hidden />
          <Text size="xs" fw={600} c="dimmed">
            {t("node.kind.entry")}
          </Text>
          {wrong ? <Wrong messages={wrong} /> : null}
        </Group>
        <Text size="sm" lineClamp={1} lh={1.25}>
          {entry}
        </Text>
        {goal ? (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {goal}
          </Text>
        ) : null}
      </UnstyledButton>
      <Handle type="source" position={Position.Bottom} />
    </>
  );
}
