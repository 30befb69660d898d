import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { EventPicker, SegmentPicker } from "../../segments/pickers.tsx";
import { WhereEditor } from "../../segments/where-editor.tsx";
import { daysOf, offsetOf } from "../day-offset.ts";
import type { Entry } from "../wire.ts";
import { ChooseList } from "./choose-from.tsx";
import { Labelled } from "./labelled.tsx";
import { TimeInput, ZoneInput } from "./time-fields.tsx";
import { LeapDay } from "./wait-forms.tsx";

interface EntryKindFormProps {
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
}

const KINDS = [
  ["segment", "entry.bySegment"],
  ["event", "entry.byEvent"],
  ["schedule", "entry.bySchedule"],
  ["date", "entry.byDate"],
  ["list", "entry.byList"],
  ["api", "entry.byApi"],
] as const;

/** By what people come in. */
export function EntryKindForm({ entry, onChange }: EntryKindFormProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t("entry.by")}
        allowDeselect={false}
        value={entry.kind}
        data={KINDS.map(([value, label]) => ({ value, label: t(label) }))}
        onChange={(kind) => kind && onChange(newEntry(kind as Entry["kind"]))}
      />
      {entry.kind === "segment" ? (
        <>
          <SegmentPicker
            size="sm"
            label={t("builder.segment")}
            value={entry.segment_id}
            onChange={(segment_id) => onChange({ ...entry, segment_id })}
          />
          <Labelled label={t("entry.on")}>
            <SegmentedControl
              fullWidth
              aria-label={t("entry.on")}
              value={entry.on ?? "enter"}
              data={[
                { value: "enter", label: t("entry.onEnter") },
                { value: "exit", label: t("entry.onExit") },
              ]}
              onChange={(on) => onChange({ ...entry, on: on === "exit" ? "exit" : "enter" })}
            />
          </Labelled>
        </>
      ) : null}
      {entry.kind === "event" ? <EventEntry entry={entry} onChange={onChange} /> : null}
      {entry.kind === "schedule" ? <ScheduleEntry entry={entry} onChange={onChange} /> : null}
      {entry.kind === "date" ? <DateEntry entry={entry} onChange={onChange} /> : null}
      {entry.kind === "list" ? (
        <ChooseList
          label={t("node.listName")}
          value={entry.list_id}
          onChange={(list_id) => onChange({ ...entry, list_id })}
        />
      ) : null}
    </>
  );
}

interface Of<K extends Entry["kind"]> {
  readonly entry: Extract<Entry, { kind: K }>;
  readonly onChange: (entry: Entry) => void;
}

function EventEntry({ entry, onChange }: Of<"event">) {
  const { t } = useTranslation();
  return (
    <>
      <EventPicker
        size="sm"
        label={t("builder.event")}
        value={entry.event}
        onChange={(event) => onChange({ ...entry, event })}
      />
      <div>
        <WhereEditor where={entry.where} onChange={(where) => onChange({ ...entry, where })} />
      </div>
      <TextInput
        label={t("entry.key")}
        description={t("entry.keyText")}
        value={entry.key ?? ""}
        onChange={(event) => {
          const { key: _, ...rest } = entry;
          const key = event.currentTarget.value;
          onChange(key === "" ? rest : { ...rest, key });
        }}
      />
    </>
  );
}

function ScheduleEntry({ entry, onChange }: Of<"schedule">) {
  const { t } = useTranslation();
  const isSegment = "segment_id" in entry.audience;
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t("entry.starts")}
        value={entry.starts.slice(0, 16)}
        onChange={(event) => event.currentTarget.value && onChange({ ...entry, starts: event.currentTarget.value })}
      />
      <TextInput
        label={t("node.zone")}
        value={entry.zone}
        onChange={(event) => onChange({ ...entry, zone: event.currentTarget.value })}
      />
      <TextInput
        label={t("entry.rrule")}
        description={t("entry.rruleText")}
        value={entry.rrule ?? ""}
        onChange={(event) => {
          const { rrule: _, ...rest } = entry;
          const rrule = event.currentTarget.value;
          onChange(rrule === "" ? rest : { ...rest, rrule });
        }}
      />
      <Labelled label={t("entry.audience")}>
        <SegmentedControl
          fullWidth
          aria-label={t("entry.audience")}
          value={isSegment ? "segment" : "list"}
          data={[
            { value: "segment", label: t("entry.bySegment") },
            { value: "list", label: t("entry.byList") },
          ]}
          onChange={(kind) =>
            onChange({ ...entry, audience: kind === "segment" ? { segment_id: "" } : { list_id: "" } })
          }
        />
      </Labelled>
      {"segment_id" in entry.audience ? (
        <SegmentPicker
          size="sm"
          label={t("builder.segment")}
          value={entry.audience.segment_id}
          onChange={(segment_id) => onChange({ ...entry, audience: { segment_id } })}
        />
      ) : (
        <ChooseList
          label={t("node.listName")}
          value={entry.audience.list_id}
          onChange={(list_id) => onChange({ ...entry, audience: { list_id } })}
        />
      )}
    </>
  );
}

function DateEntry({ entry, onChange }: Of<"date">) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("entry.trait")}
        value={entry.trait}
        error={entry.trait === ""}
        onChange={(event) => onChange({ ...entry, trait: event.currentTarget.value })}
      />
      <NumberInput
        label={t("node.daysOff")}
        w={200}
        min={-366}
        max={366}
        allowDecimal={false}
        value={daysOf(entry.offset)}
        onChange={(days) => onChange({ ...entry, offset: offsetOf(Number(days) || 0) })}
      />
      <TimeInput value={entry.at ?? "09:00"} onChange={(at) => onChange({ ...entry, at })} />
      <ZoneInput value={entry.zone} onChange={(zone) => onChange({ ...entry, zone })} />
      <LeapDay value={entry.feb29} onChange={(feb29) => onChange({ ...entry, feb29 })} />
    </>
  );
}

function newEntry(kind: Entry["kind"]): Entry {
  switch (kind) {
    case "segment":
      return { kind, segment_id: "" };
    case "event":
      return { kind, event: "Order Completed" };
    case "schedule": {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      return { kind, starts: `${tomorrow}T09:00`, zone, rrule: "FREQ=WEEKLY;BYDAY=MO", audience: { segment_id: "" } };
    }
    case "date":
      return { kind, trait: "birthday", at: "09:00" };
    case "list":
      return { kind, list_id: "" };
    case "api":
      return { kind };
  }
}
