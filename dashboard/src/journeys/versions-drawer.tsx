import { Drawer, Group, List, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { Canvas } from "./canvas.tsx";
import { compareGraphs, type Rule } from "./compare-graphs.ts";
import { useDescribeNode } from "./describe-node.ts";
import { nodeAt } from "./graph-edit.ts";
import { versionQuery, versionsQuery } from "./queries.ts";
import type { JourneyGraph, JourneyView } from "./wire.ts";

/** Two numbers of versions; `against` undefined is the draft. */
export interface Compared {
  readonly version: string | undefined;
  readonly against: string | undefined;
}

interface VersionsDrawerProps extends Compared {
  readonly journey: JourneyView;
  readonly isOpen: boolean;
  readonly onPick: (picked: Compared) => void;
  readonly onClose: () => void;
}

const DRAFT = "draft";
const NOBODY = {};
const NOTHING: readonly string[] = [];
const NO_MISTAKES = new Map<string, readonly string[]>();
const ignore = () => {};

/** What was published, and how the draft or a later version differs from it. */
export function VersionsDrawer({ journey, isOpen, version, against, onPick, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const versions = useQuery({ ...versionsQuery(journey.id), enabled: isOpen });
  const picked = version ?? (journey.version > 0 ? String(journey.version) : undefined);
  const published = (versions.data?.items ?? []).map((one) => ({
    value: String(one.version),
    label: `${t("journeys.version", { version: one.version })}${one.active > 0 ? ` · ${t("canvas.stillOn", { count: one.active })}` : ""}`,
  }));
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
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <Select
            label={t("canvas.compare")}
            miw={200}
            allowDeselect={false}
            value={picked ?? null}
            data={published}
            onChange={(value) => onPick({ version: value ?? undefined, against })}
          />
          <Select
            label={t("canvas.compareWith")}
            miw={200}
            allowDeselect={false}
            value={against ?? DRAFT}
            data={[{ value: DRAFT, label: t("canvas.draft") }, ...published]}
            onChange={(value) =>
              onPick({ version: picked, against: value === null || value === DRAFT ? undefined : value })
            }
          />
        </Group>
        {picked ? <Difference journey={journey} version={picked} against={against} /> : null}
      </Stack>
    </Drawer>
  );
}

interface DifferenceProps {
  readonly journey: JourneyView;
  readonly version: string;
  readonly against: string | undefined;
}

function Difference({ journey, version, against }: DifferenceProps) {
  const older = useQuery(versionQuery(journey.id, version));
  const newer = useQuery({ ...versionQuery(journey.id, against ?? ""), enabled: against !== undefined });
  const failed = older.error ?? newer.error;
  if (failed) return <ErrorNotice error={failed} />;
  const graph = against === undefined ? journey.graph : newer.data?.graph;
  if (!older.data || !graph) return null;
  return (
    <>
      <Text size="xs" c="dimmed">
        <When at={older.data.published_at} size="xs" />
        {newer.data ? (
          <>
            {" → "}
            <When at={newer.data.published_at} size="xs" />
          </>
        ) : null}
      </Text>
      <Differences older={older.data.graph} newer={graph} />
    </>
  );
}

const RULE_NAMES = {
  entry: "node.kind.entry",
  goal: "canvas.rule.goal",
  exit_when_leaves: "entry.exitWhenLeaves",
  exit_on: "entry.exitOn",
  holdout: "entry.holdout",
  reentry: "entry.reentry",
} as const satisfies Record<Rule, string>;

function Differences({ older, newer }: { readonly older: JourneyGraph; readonly newer: JourneyGraph }) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  const { marks, removed, rules, isStartElsewhere } = compareGraphs(older, newer);
  const nameOf = (id: string) => {
    const node = nodeAt(newer, id) ?? nodeAt(older, id);
    return node ? describe(node) : id;
  };
  const lines = [
    ...rules.map((rule) => [rule, t("canvas.changed", { name: t(RULE_NAMES[rule]) })]),
    ...(isStartElsewhere ? [["start", t("canvas.startsElsewhere", { name: nameOf(newer.start) })]] : []),
    ...Object.entries(marks)
      .filter(([id]) => nodeAt(newer, id))
      .map(([id, mark]) => [id, t(`canvas.${mark}`, { name: nameOf(id) })]),
    ...removed.map((id) => [id, t("canvas.removed", { name: nameOf(id) })]),
  ];
  return (
    <>
      {lines.length === 0 ? <Text size="sm">{t("canvas.same")}</Text> : null}
      <List size="sm">
        {lines.map(([key, line]) => (
          <List.Item key={key}>{line}</List.Item>
        ))}
      </List>
      <Canvas graph={newer} counts={NOBODY} selected={NOTHING} mistakes={NO_MISTAKES} onSelect={ignore} marks={marks} />
    </>
  );
}
