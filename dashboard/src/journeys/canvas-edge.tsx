import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconClipboard, IconPlus } from "@tabler/icons-react";
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useDescribeCondition } from "../segments/describe-condition.ts";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-context.ts";
import { useDescribeNode } from "./describe-node.ts";
import { ENTRY, nodeAt, type Way } from "./graph-edit.ts";
import { isDrawable } from "./graph-shape.ts";
import { drawLine, type PlacedWay } from "./layout-graph.ts";
import { iconOf, NODE_GROUPS } from "./node-kinds.ts";
import type { JourneyGraph } from "./wire.ts";

type WayEdgeProps = EdgeProps<Edge<{ way: PlacedWay; graph: JourneyGraph }, "way">>;

/** A way from node to node: what leads along it, and while editing a (+) to put something on it. */
export function WayEdge({ data }: WayEdgeProps) {
  const { onInsert } = useCanvas();
  const text = useWayText(data?.way, data?.graph);
  if (!data) return null;
  const { label, points } = data.way;
  return (
    <>
      <BaseEdge path={drawLine(points)} />
      <EdgeLabelRenderer>
        <div
          className={`${classes.edgeLabel} nodrag nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
        >
          {text ? <span className={classes.edgeText}>{text}</span> : null}
          <FlowText way={data.way} />
          {onInsert ? <InsertMenu way={data.way} /> : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}

/** How many went this way, and the share of them who reached the goal. */
function FlowText({ way }: { readonly way: Way }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { flows } = useCanvas();
  const flow = flows?.[way.from === ENTRY ? "/entry" : `${way.from}/${way.slot}`];
  if (!flow || flow.passed === 0) return null;
  const passed = format.number(flow.passed);
  const share = format.percent(flow.converted / flow.passed);
  return (
    <Tooltip label={t("way.reached", { passed, share })}>
      <span className={classes.edgeFlow}>
        {passed} · {share}
      </span>
    </Tooltip>
  );
}

function InsertMenu({ way }: { readonly way: Way }) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  const { onInsert, copied = [], onPaste } = useCanvas();
  const [first, ...others] = copied;
  return (
    <Menu position="right" withinPortal>
      <Menu.Target>
        <ActionIcon size={22} radius="xl" variant="default" aria-label={t("journeys.insert")}>
          <IconPlus size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {first && onPaste ? (
          <Menu.Item leftSection={<IconClipboard size={16} aria-hidden />} onClick={() => onPaste(way)}>
            {others.length === 0
              ? t("canvas.paste", { name: describe(first[1]) })
              : t("canvas.pasteSteps", { count: others.length + 1 })}
          </Menu.Item>
        ) : null}
        {NODE_GROUPS.map(({ group, kinds }) => (
          <div key={group}>
            <Menu.Label>{t(`node.group.${group}`)}</Menu.Label>
            {kinds.map((kind) => {
              const Shape = iconOf(kind);
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Shape size={16} aria-hidden />}
                  onClick={() => onInsert?.(way, kind)}
                >
                  {t(`node.kind.${kind}`)}
                </Menu.Item>
              );
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useWayText(way: Way | undefined, graph: JourneyGraph | undefined): string {
  const { t } = useTranslation();
  const format = useFormat();
  const from = way && graph && nodeAt(graph, way.from);
  const node = from && isDrawable(from) ? from : undefined;
  const index = Number(way?.slot.split(".")[1]);
  const one = node?.kind === "branch" ? node.cases[index] : undefined;
  const describe = useDescribeCondition(one && "condition" in one ? one.condition : undefined);
  if (!way || !node) return "";
  if (way.slot === "on_late") return t("way.late");
  switch (node.kind) {
    case "wait_event":
      return way.slot === "next" ? t("way.happened") : t("way.timeout", { duration: format.duration(node.timeout) });
    case "wait_date":
      return way.slot === "otherwise" ? t("way.noDate") : "";
    case "webhook":
      return t(way.slot === "next" ? "way.answered" : "way.failed");
    case "split":
      return `${node.ways[index]?.name ?? ""} ${format.percent(partOf(node.ways, index))}`.trim();
    case "experiment":
      return way.slot === "holdout.next"
        ? t("way.heldOut", { share: format.percent((node.holdout?.share ?? 0) / 100) })
        : `${node.variants[index]?.name ?? ""} · ${format.percent(partOf(node.variants, index))}`;
    case "branch":
      if (way.slot === "otherwise" || !one) return t("way.otherwise");
      if (one.name) return one.name;
      if ("condition" in one) return describe(one.condition);
      if ("reacted" in one) return t(`node.did.${one.reacted.did}`);
      return `${one.carried.path} ${t(`node.op.${one.carried.op}`)} ${one.carried.value ?? ""}`.trim();
    default:
      return "";
  }
}

/** Shares need not make a hundred: each is a part of all. */
function partOf(ways: readonly { readonly share: number }[], index: number): number {
  const all = ways.reduce((sum, { share }) => sum + share, 0);
  return all > 0 ? (ways[index]?.share ?? 0) / all : 0;
}
