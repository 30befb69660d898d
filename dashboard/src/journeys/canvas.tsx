import "@xyflow/react/dist/style.css";

import { useComputedColorScheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import {
  Background,
  Controls,
  type Edge,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Viewport,
} from "@xyflow/react";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./canvas.module.css";
import { type CanvasActions, CanvasContext } from "./canvas-context.ts";
import { WayEdge } from "./canvas-edge.tsx";
import { EntryNode, LostEnd, StepNode } from "./canvas-nodes.tsx";
import { ENTRY, nodeAt } from "./graph-edit.ts";
import { LOST, layoutGraph, NODE_HEIGHT, NODE_WIDTH, type Placed, type PlacedWay } from "./layout-graph.ts";
import type { JourneyGraph } from "./wire.ts";

interface CanvasProps extends CanvasActions {
  readonly graph: JourneyGraph;
  /** How much of the window's right side lies over the canvas while somebody stands on it. */
  readonly covered?: number;
}

const nodeTypes = { entry: EntryNode, step: StepNode, lost: LostEnd };
const edgeTypes = { way: WayEdge };

/** The journey from top to bottom. Nothing is dragged: where things stand follows from the graph. */
export function Canvas({ graph, covered = 0, ...given }: CanvasProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme("light");
  const placed = useMemo(() => layoutGraph(graph), [graph]);
  const { nodes, edges } = useMemo(() => draw(graph, placed), [graph, placed]);
  const { box, viewport } = useFirstViewport(placed.width);
  return (
    <CanvasContext value={given}>
      <ReactFlowProvider>
        <section ref={box} className={classes.canvas ?? ""} aria-label={t("journeys.canvas")}>
          {viewport ? (
            <ReactFlow
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              colorMode={scheme}
              defaultViewport={viewport}
              fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
              minZoom={0.25}
              maxZoom={1.5}
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              zoomOnScroll={false}
              panOnScroll
              preventScrolling={false}
            >
              <Background gap={24} size={1} />
              <Follow placed={placed} box={box} stands={given.stands} covered={covered} />
              <Controls showInteractive={false} position="bottom-left" aria-label={t("journeys.zoom")} />
            </ReactFlow>
          ) : null}
        </section>
      </ReactFlowProvider>
    </CanvasContext>
  );
}

interface FollowProps {
  readonly placed: Placed;
  readonly box: RefObject<HTMLElement | null>;
  readonly stands: string | undefined;
  readonly covered: number;
}

/** Keeps the step where somebody stands in the middle of what is seen of the canvas. */
function Follow({ placed, box, stands, covered }: FollowProps) {
  const { getZoom, setCenter } = useReactFlow();
  const isStill = useReducedMotion();
  useEffect(() => {
    const node = placed.nodes.find(({ id }) => id === stands);
    if (!node || !box.current) return;
    box.current.scrollIntoView({ block: "nearest" });
    const zoom = getZoom();
    const hidden = Math.max(0, box.current.getBoundingClientRect().right - (window.innerWidth - covered));
    const [x, y] = [node.x + NODE_WIDTH / 2, node.y + NODE_HEIGHT / 2];
    void setCenter(x + hidden / 2 / zoom, y, { zoom, duration: isStill ? 0 : 200 });
  }, [placed, box, stands, covered, getZoom, setCenter, isStill]);
  return null;
}

/** Starts at the top, at full size where the journey is not wider than the screen. */
function useFirstViewport(width: number) {
  const box = useRef<HTMLElement>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  useLayoutEffect(() => {
    const room = box.current?.clientWidth;
    if (viewport || !room) return;
    const zoom = Math.max(0.4, Math.min(1, (room - 32) / width));
    setViewport({ x: (room - width * zoom) / 2, y: 24, zoom });
  }, [viewport, width]);
  return { box, viewport };
}

function draw(
  graph: JourneyGraph,
  placed: Placed,
): { nodes: Node[]; edges: Edge<{ way: PlacedWay; graph: JourneyGraph }>[] } {
  return {
    nodes: placed.nodes.map(({ id, x, y }) => ({
      id,
      type: id === ENTRY ? "entry" : id.startsWith(LOST) ? "lost" : "step",
      position: { x, y },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      data: id === ENTRY ? { graph } : { node: nodeAt(graph, id) },
    })),
    edges: placed.ways.map((way) => ({
      id: `${way.from}/${way.slot}`,
      source: way.from,
      target: way.to,
      type: "way",
      data: { way, graph },
    })),
  };
}
