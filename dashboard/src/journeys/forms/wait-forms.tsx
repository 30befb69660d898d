import { Checkbox, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../../segments/duration-input.tsx";
import { EventPicker, SegmentPicker } from "../../segments/pickers.tsx";
import { WhereEditor } from "../../segments/where-editor.tsx";
import { daysOf, offsetOf } from "../day-offset.ts";
import type { FormProps } from "./form-props.ts";
import { Labelled } from "./labelled.tsx";
import { TimeInput, WeekdaysInput, ZoneInput } from "./time-fields.tsx";

export function WaitForm({ node, onChange }: FormProps<"wait">) {
  const { t } = useTranslation();
  return (
    <DurationInput
      size="sm"
      label={t("node.duration")}
      value={node.duration}
      onChange={(duration) => onChange({ ...node, duration })}
    />
  );
}

export function WaitUntilForm({ node, onChange }: FormProps<"wait_until">) {
  return (
    <>
      <TimeInput value={node.at} onChange={(at) => onChange({ ...node, at })} />
      <WeekdaysInput value={node.weekdays} onChange={(weekdays) => onChange({ ...node, weekdays })} />
      <ZoneInput value={node.zone} onChange={(zone) => onChange({ ...node, zone })} />
    </>
  );
}

export function WaitDateForm({ node, onChange }: FormProps<"wait_date">) {
  const { t } = useTranslation();
  const isTrait = "trait" in node.of;
  const name = "trait" in node.of ? node.of.trait : node.of.event;
  const named = (value: string, trait = isTrait) =>
    onChange({ ...node, of: trait ? { trait: value } : { event: value } });
  return (
    <>
      <Labelled label={t("node.dateOf")}>
        <SegmentedControl
          fullWidth
          aria-label={t("node.dateOf")}
          value={isTrait ? "trait" : "event"}
          data={[
            { value: "trait", label: t("node.ofTrait") },
            { value: "event", label: t("node.ofEvent") },
          ]}
          onChange={(kind) => named(name, kind === "trait")}
        />
      </Labelled>
      <TextInput
        label={t("node.dateName")}
        value={name}
        error={name === ""}
        onChange={(event) => named(event.currentTarget.value)}
      />
      <NumberInput
        label={t("node.daysOff")}
        w={200}
        min={-366}
        max={366}
        allowDecimal={false}
        value={daysOf(node.offset)}
        onChange={(days) => onChange({ ...node, offset: offsetOf(Number(days) || 0) })}
      />
      <TimeInput value={node.at ?? "09:00"} onChange={(at) => onChange({ ...node, at })} />
      <ZoneInput value={node.zone} onChange={(zone) => onChange({ ...node, zone })} />
      <Checkbox
        label={t("node.yearly")}
        checked={node.yearly ?? false}
        onChange={(event) => onChange({ ...node, yearly: event.currentTarget.checked })}
      />
      {node.yearly ? <LeapDay value={node.feb29} onChange={(feb29) => onChange({ ...node, feb29 })} /> : null}
    </>
  );
}

export function LeapDay({
  value = "feb28",
  onChange,
}: {
  readonly value: "feb28" | "mar1" | undefined;
  readonly onChange: (value: "feb28" | "mar1") => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("node.feb29")}
      allowDeselect={false}
      data={[
        { value: "feb28", label: t("node.feb28") },
        { value: "mar1", label: t("node.mar1") },
      ]}
      value={value}
      onChange={(day) => onChange(day === "mar1" ? "mar1" : "feb28")}
    />
  );
}

export function WaitEventForm({ node, onChange }: FormProps<"wait_event">) {
  const { t } = useTranslation();
  const isEvent = node.segment_id === undefined;
  const { event: _event, where: _where, segment_id: _segment, ...rest } = node;
  return (
    <>
      <Labelled label={t("node.until")}>
        <SegmentedControl
          fullWidth
          aria-label={t("node.until")}
          value={isEvent ? "event" : "segment"}
          data={[
            { value: "event", label: t("node.untilEvent") },
            { value: "segment", label: t("node.untilSegment") },
          ]}
          onChange={(kind) =>
            onChange(kind === "event" ? { ...rest, event: "Order Completed" } : { ...rest, segment_id: "" })
          }
        />
      </Labelled>
      {isEvent ? (
        <>
          <EventPicker
            size="sm"
            label={t("builder.event")}
            value={node.event ?? ""}
            onChange={(event) => onChange({ ...node, event })}
          />
          <div>
            <WhereEditor where={node.where} onChange={(where) => onChange({ ...node, where })} />
          </div>
        </>
      ) : (
        <SegmentPicker
          size="sm"
          label={t("builder.segment")}
          value={node.segment_id ?? ""}
          onChange={(segment_id) => onChange({ ...node, segment_id })}
        />
      )}
      <Labelled label={t("node.atMost")}>
        <DurationInput
          size="sm"
          label={t("node.atMost")}
          value={node.timeout}
          onChange={(timeout) => onChange({ ...node, timeout })}
        />
      </Labelled>
    </>
  );
}

export function BestHourForm({ node, onChange }: FormProps<"best_hour">) {
  const { t } = useTranslation();
  return (
    <Labelled label={t("node.atMost")}>
      <DurationInput
        size="sm"
        label={t("node.atMost")}
        value={node.within ?? "PT24H"}
        onChange={(within) => onChange({ ...node, within })}
      />
    </Labelled>
  );
}
