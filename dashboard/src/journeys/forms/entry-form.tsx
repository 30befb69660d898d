import { NumberInput, Select, Stack, Switch, TagsInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../../segments/duration-input.tsx";
import { EventPicker } from "../../segments/pickers.tsx";
import { vocabularyQuery } from "../../segments/queries.ts";
import { beginFrameAnew, isFrameDrawable } from "../graph-shape.ts";
import type { JourneyGraph } from "../wire.ts";
import { AsStored } from "./as-stored.tsx";
import { EntryKindForm } from "./entry-kind-form.tsx";
import { Labelled } from "./labelled.tsx";

interface EntryFormProps {
  readonly graph: JourneyGraph;
  readonly onChange: (graph: JourneyGraph) => void;
}

const REENTRY = ["never", "after", "always"] as const;

/** Who comes in, what counts as success, when they leave early, whether they may come again. */
export function EntryForm({ graph, onChange }: EntryFormProps) {
  const { t } = useTranslation();
  if (!isFrameDrawable(graph)) {
    const { nodes: _, ...frame } = graph;
    return <AsStored title={t("node.kind.entry")} stored={frame} onAnew={() => onChange(beginFrameAnew(graph))} />;
  }
  const { entry, goal } = graph;
  const leaves = entry.kind === "segment" && entry.on !== "exit";
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {t("node.kind.entry")}
      </Title>
      <EntryKindForm
        entry={entry}
        onChange={(changed) =>
          onChange({
            ...graph,
            entry: changed,
            ...(changed.kind === "segment" && changed.on !== "exit" ? {} : { exit_when_leaves: false }),
          })
        }
      />
      {leaves ? (
        <Switch
          label={t("entry.exitWhenLeaves")}
          description={t("entry.exitWhenLeavesText")}
          checked={graph.exit_when_leaves ?? false}
          onChange={(event) => onChange({ ...graph, exit_when_leaves: event.currentTarget.checked })}
        />
      ) : null}
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
        <>
          <EventPicker
            size="sm"
            label={t("entry.goalEvent")}
            value={goal.event}
            onChange={(event) => onChange({ ...graph, goal: { ...goal, event } })}
          />
          <Labelled label={t("entry.goalWithin")}>
            <DurationInput
              size="sm"
              label={t("entry.goalWithin")}
              value={goal.within ?? "P5D"}
              onChange={(within) => onChange({ ...graph, goal: { ...goal, within } })}
            />
          </Labelled>
        </>
      ) : null}
      <ExitOn graph={graph} onChange={onChange} />
      <NumberInput
        label={t("entry.holdout")}
        description={t("entry.holdoutText")}
        min={0}
        max={90}
        w={220}
        value={graph.holdout ?? 0}
        onChange={(share) => {
          const { holdout: _, ...rest } = graph;
          const held = Number(share) || 0;
          onChange(held > 0 ? { ...rest, holdout: held } : rest);
        }}
      />
      <Reentry graph={graph} onChange={onChange} />
    </Stack>
  );
}

/** Rules that more is asked of than an event's name (a filter, a segment) stay as they are. */
function ExitOn({ graph, onChange }: EntryFormProps) {
  const { t } = useTranslation();
  const vocabulary = useQuery(vocabularyQuery);
  const rules = graph.exit_on ?? [];
  const isPlain = (rule: (typeof rules)[number]) => "event" in rule && rule.where === undefined;
  const names = rules.flatMap((rule) => ("event" in rule && rule.where === undefined ? [rule.event] : []));
  return (
    <TagsInput
      label={t("entry.exitOn")}
      description={t("entry.exitOnText")}
      data={vocabulary.data?.events.map((event) => event.name) ?? []}
      value={names}
      maxTags={10}
      onChange={(events) => {
        const { exit_on: _, ...rest } = graph;
        const kept = [...rules.filter((rule) => !isPlain(rule)), ...events.map((event) => ({ event }))];
        onChange(kept.length > 0 ? { ...rest, exit_on: kept } : rest);
      }}
    />
  );
}

function Reentry({ graph, onChange }: EntryFormProps) {
  const { t } = useTranslation();
  const { reentry = { mode: "never" } } = graph;
  return (
    <>
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
        <Labelled label={t("entry.againAfter")}>
          <DurationInput
            size="sm"
            label={t("entry.againAfter")}
            value={reentry.after ?? "P30D"}
            onChange={(after) => onChange({ ...graph, reentry: { mode: "after", after } })}
          />
        </Labelled>
      ) : null}
    </>
  );
}
