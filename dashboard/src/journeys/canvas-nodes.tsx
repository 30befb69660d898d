import { Badge, Group, Text, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-context.ts";
import { useDescribeEntry } from "./describe-entry.ts";
import { useDescribeNode } from "./describe-node.ts";
import { ENTRY } from "./graph-edit.ts";
import { NODE_ICONS } from "./node-kinds.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

export function StepNode({ id, data }: NodeProps<Node<{ node: JourneyNode }>>) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeNode();
  const { counts, selected, onSelect, unfinished } = useCanvas();
  const Shape = NODE_ICONS[data.node.kind];
  const count = counts[id] ?? 0;
  return (
    <>
      <Handle type="target" position={Position.Top} />
      <UnstyledButton
        className={`${classes.node} nodrag nopan`}
        onClick={() => onSelect(id)}
        {...(selected === id ? { "data-selected": true } : {})}
        {...(unfinished.includes(id) ? { "data-unfinished": true } : {})}
      >
        <Group justify="space-between" wrap="nowrap" gap="xs" mb={4}>
          <Group gap={6} wrap="nowrap" miw={0}>
            <Shape size={16} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="xs" fw={600} c="dimmed" truncate>
              {t(`node.kind.${data.node.kind}`)}
            </Text>
          </Group>
          {count > 0 ? (
            <Tooltip label={t("journeys.peopleHere", { count })}>
              <Badge variant="light" size="sm" radius="sm" tt="none" style={{ flexShrink: 0 }}>
                {format.number(count)}
                <VisuallyHidden> {t("journeys.peopleHere", { count })}</VisuallyHidden>
              </Badge>
            </Tooltip>
          ) : null}
        </Group>
        <Text size="sm" lineClamp={2} lh={1.25}>
          {describe(data.node)}
        </Text>
      </UnstyledButton>
      <Handle type="source" position={Position.Bottom} />
    </>
  );
}

export function EntryNode({ data }: NodeProps<Node<{ graph: JourneyGraph }>>) {
  const { t } = useTranslation();
  const describe = useDescribeEntry();
  const { selected, onSelect, unfinished } = useCanvas();
  const { entry, goal } = describe(data.graph);
  return (
    <>
      <UnstyledButton
        className={`${classes.node} ${classes.entry} nodrag nopan`}
        onClick={() => onSelect(ENTRY)}
        {...(selected === ENTRY ? { "data-selected": true } : {})}
        {...(unfinished.includes(ENTRY) ? { "data-unfinished": true } : {})}
      >
        <Group gap={6} wrap="nowrap" mb={2}>
          <IconBolt size={16} stroke={1.7} aria-hidden />
          <Text size="xs" fw={600} c="dimmed">
            {t("node.kind.entry")}
          </Text>
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
