import { SegmentedControl, Select, Stack, Switch, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../segments/duration-input.tsx";
import { EventPicker, SegmentPicker } from "../segments/pickers.tsx";
import { WhereEditor } from "../segments/where-editor.tsx";
import type { JourneyGraph } from "./wire.ts";

interface EntryFormProps {
  readonly graph: JourneyGraph;
  readonly onChange: (graph: JourneyGraph) => void;
}

const REENTRY = ["never", "after", "always"] as const;

/** Who comes in, what counts as success, when they leave early, whether they may come again. */
export function EntryForm({ graph, onChange }: EntryFormProps) {
  const { t } = useTranslation();
  const { entry, goal, reentry } = graph;
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {t("node.kind.entry")}
      </Title>
      <SegmentedControl
        fullWidth
        value={entry.kind}
        aria-label={t("entry.by")}
        data={[
          { value: "segment", label: t("entry.bySegment") },
          { value: "event", label: t("entry.byEvent") },
        ]}
        onChange={(kind) =>
          onChange({
            ...graph,
            entry: kind === "segment" ? { kind, segment_id: "" } : { kind: "event", event: "Order Completed" },
            ...(kind === "segment" ? {} : { exit_when_leaves: false }),
          })
        }
      />
      {entry.kind === "segment" ? (
        <>
          <SegmentPicker
            size="sm"
            label={t("builder.segment")}
            value={entry.segment_id}
            onChange={(segment_id) => onChange({ ...graph, entry: { kind: "segment", segment_id } })}
          />
          <Switch
            label={t("entry.exitWhenLeaves")}
            description={t("entry.exitWhenLeavesText")}
            checked={graph.exit_when_leaves}
            onChange={(event) => onChange({ ...graph, exit_when_leaves: event.currentTarget.checked })}
          />
        </>
      ) : (
        <>
          <EventPicker
            size="sm"
            label={t("builder.event")}
            value={entry.event}
            onChange={(event) => onChange({ ...graph, entry: { ...entry, event } })}
          />
          <div>
            <WhereEditor where={entry.where} onChange={(where) => onChange({ ...graph, entry: { ...entry, where } })} />
          </div>
        </>
      )}
      <Switch
        label={t("entry.hasGoal")}
        description={t("entry.hasGoalText")}
        checked={Boolean(goal)}
        onChange={(event) => {
          const { goal: _goal, ...rest } = graph;
          onChange(event.currentTarget.checked ? { ...rest, goal: { event: "Order Completed" } } : rest);
        }}
      />
      {goal ? (
        <EventPicker
          size="sm"
          label={t("entry.goalEvent")}
          value={goal.event}
          onChange={(event) => onChange({ ...graph, goal: { ...goal, event } })}
        />
      ) : null}
      <Select
        label={t("entry.reentry")}
        allowDeselect={false}
        data={REENTRY.map((mode) => ({ value: mode, label: t(`entry.again.${mode}`) }))}
        value={reentry.mode}
        onChange={(value) => {
          const mode = REENTRY.find((one) => one === value) ?? "never";
          onChange({ ...graph, reentry: mode === "after" ? { mode, after: reentry.after ?? "P30D" } : { mode } });
        }}
      />
      {reentry.mode === "after" ? (
        <div>
          <Text size="sm" mb={4}>
            {t("entry.againAfter")}
          </Text>
          <DurationInput
            size="sm"
            label={t("entry.againAfter")}
            value={reentry.after ?? "P30D"}
            onChange={(after) => onChange({ ...graph, reentry: { mode: "after", after } })}
          />
        </div>
      ) : null}
    </Stack>
  );
}
