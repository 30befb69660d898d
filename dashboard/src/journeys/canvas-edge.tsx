import { ActionIcon, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useDescribeCondition } from "../segments/describe-condition.ts";
import classes from "./canvas.module.css";
import { useCanvas } from "./canvas-context.ts";
import type { Way } from "./graph-edit.ts";
import { drawLine, type PlacedWay } from "./layout-graph.ts";
import { NODE_ICONS, NODE_KINDS } from "./node-kinds.ts";
import type { JourneyGraph } from "./wire.ts";

type WayEdgeProps = EdgeProps<Edge<{ way: PlacedWay; graph: JourneyGraph }, "way">>;

/** A way from node to node: what leads along it, and while editing a (+) to put something on it. */
export function WayEdge({ data }: WayEdgeProps) {
  const { t } = useTranslation();
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
          {onInsert ? (
            <Menu position="right">
              <Menu.Target>
                <ActionIcon size={22} radius="xl" variant="default" aria-label={t("journeys.insert")}>
                  <IconPlus size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {NODE_KINDS.map((kind) => {
                  const Shape = NODE_ICONS[kind];
                  return (
                    <Menu.Item
                      key={kind}
                      leftSection={<Shape size={16} aria-hidden />}
                      onClick={() => onInsert(data.way, kind)}
                    >
                      {t(`node.add.${kind}`)}
                    </Menu.Item>
                  );
                })}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}

function useWayText(way: Way | undefined, graph: JourneyGraph | undefined): string {
  const { t } = useTranslation();
  const format = useFormat();
  const node = way && graph?.nodes[way.from];
  const one = node?.kind === "branch" ? node.cases[Number(way?.slot.slice("case:".length))] : undefined;
  const describe = useDescribeCondition(one?.condition);
  if (!way || !node) return "";
  if (node.kind === "wait_event") {
    return way.slot === "next" ? t("way.happened") : t("way.timeout", { duration: format.duration(node.timeout) });
  }
  if (node.kind !== "branch") return "";
  if (way.slot === "otherwise") return t("way.otherwise");
  return one ? (one.name ?? describe(one.condition)) : "";
}
