import { Drawer, List, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { Canvas } from "./canvas.tsx";
import { compareGraphs } from "./compare-graphs.ts";
import { useDescribeNode } from "./describe-node.ts";
import { versionQuery, versionsQuery } from "./queries.ts";
import type { JourneyView } from "./wire.ts";

interface VersionsDrawerProps {
  readonly journey: JourneyView;
  readonly isOpen: boolean;
  readonly version: string | undefined;
  readonly onPick: (version: string | undefined) => void;
  readonly onClose: () => void;
}

const NOBODY = {};
const NOTHING: readonly string[] = [];
const NO_MISTAKES = new Map<string, readonly string[]>();
const ignore = () => {};

/** What was published, and how the draft differs from it. */
export function VersionsDrawer({ journey, isOpen, version, onPick, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const versions = useQuery({ ...versionsQuery(journey.id), enabled: isOpen });
  const picked = version ?? (journey.version > 0 ? String(journey.version) : undefined);
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size="xl"
      title={t("canvas.versions")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("canvas.versionsText")}
        </Text>
        {versions.isError ? <ErrorNotice error={versions.error} /> : null}
        <Select
          label={t("canvas.compareWith")}
          allowDeselect={false}
          value={picked ?? null}
          data={(versions.data?.items ?? []).map((one) => ({
            value: String(one.version),
            label: `${t("journeys.version", { version: one.version })}${one.active > 0 ? ` · ${t("canvas.stillOn", { count: one.active })}` : ""}`,
          }))}
          onChange={(value) => onPick(value ?? undefined)}
        />
        {picked ? <Difference journey={journey} version={picked} /> : null}
      </Stack>
    </Drawer>
  );
}

function Difference({ journey, version }: { readonly journey: JourneyView; readonly version: string }) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  const older = useQuery(versionQuery(journey.id, version));
  if (older.isError) return <ErrorNotice error={older.error} />;
  if (!older.data) return null;
  const { marks, removed, isEntryChanged } = compareGraphs(older.data.graph, journey.graph);
  const nameOf = (id: string) => {
    const node = journey.graph.nodes[id] ?? older.data.graph.nodes[id];
    return node ? describe(node) : id;
  };
  const lines = [
    ...(isEntryChanged ? [t("canvas.changed", { name: t("node.kind.entry") })] : []),
    ...Object.entries(marks).map(([id, mark]) => t(`canvas.${mark}`, { name: nameOf(id) })),
    ...removed.map((id) => t("canvas.removed", { name: nameOf(id) })),
  ];
  return (
    <>
      <Text size="xs" c="dimmed">
        <When at={older.data.published_at} size="xs" />
      </Text>
      {lines.length === 0 ? <Text size="sm">{t("canvas.same")}</Text> : null}
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Canvas
        graph={journey.graph}
        counts={NOBODY}
        selected={NOTHING}
        mistakes={NO_MISTAKES}
        onSelect={ignore}
        marks={marks}
      />
    </>
  );
}
