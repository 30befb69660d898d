import { Group, NumberInput, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type {
  ConsentCondition,
  Leaf,
  NearCondition,
  NotFollowedCondition,
  SequenceCondition,
} from "../../../server/src/segments/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { JsonView } from "../parts/json-view.tsx";
import { DidEditor } from "./did-editor.tsx";
import { DurationInput } from "./duration-input.tsx";
import { kindOf } from "./leaf-kinds.ts";
import { ComputedPicker, EventPicker, SegmentPicker, TraitPicker } from "./pickers.tsx";
import { TestEditor } from "./test-editor.tsx";
import type { Test } from "./value-test.ts";
import { WhereEditor } from "./where-editor.tsx";

interface LeafEditorProps<T extends Leaf> {
  readonly leaf: T;
  readonly onChange: (leaf: Leaf) => void;
}

/** One sentence of a definition; what no form knows is shown as it is and can be edited as JSON. */
export function LeafEditor({ leaf, onChange }: LeafEditorProps<Leaf>) {
  if ("not_followed_by" in leaf) return <NotFollowedEditor leaf={leaf} onChange={onChange} />;
  if ("did" in leaf) return <DidEditor leaf={leaf} onChange={onChange} />;
  if ("trait" in leaf) {
    const { trait, ...test } = leaf;
    return (
      <Group gap={6}>
        <TraitPicker value={trait} onChange={(name) => onChange({ ...leaf, trait: name })} />
        <TestEditor test={test as Test} onChange={(changed) => onChange({ trait, ...changed } as Leaf)} />
      </Group>
    );
  }
  if ("computed" in leaf) {
    const { computed, ...test } = leaf;
    return (
      <Group gap={6}>
        <ComputedPicker value={computed} onChange={(name) => onChange({ ...leaf, computed: name })} />
        <TestEditor test={test as Test} onChange={(changed) => onChange({ computed, ...changed } as Leaf)} />
      </Group>
    );
  }
  if ("sequence" in leaf) return <SequenceEditor leaf={leaf} onChange={onChange} />;
  if ("consent" in leaf) return <ConsentEditor leaf={leaf} onChange={onChange} />;
  if ("in_segment" in leaf) {
    return <SegmentPicker value={leaf.in_segment} onChange={(in_segment) => onChange({ in_segment })} />;
  }
  if ("near" in leaf && kindOf(leaf) === "near") return <NearEditor leaf={leaf} onChange={onChange} />;
  return <JsonView value={leaf} />;
}

function NotFollowedEditor({ leaf, onChange }: LeafEditorProps<NotFollowedCondition>) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="wrap">
      <EventPicker value={leaf.did} onChange={(did) => onChange({ ...leaf, did })} />
      <WhereEditor where={leaf.where} onChange={(where) => onChange({ ...leaf, where })} />
      <Text size="xs" c="dimmed">
        {t("builder.thenNo")}
      </Text>
      <EventPicker
        value={leaf.not_followed_by[0] ?? ""}
        onChange={(event) => onChange({ ...leaf, not_followed_by: [event, ...leaf.not_followed_by.slice(1)] })}
      />
      {leaf.not_followed_by.slice(1).map((event) => (
        <Text key={event} size="xs">
          {t("sentence.or")} {event}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t("builder.for")}
      </Text>
      <DurationInput
        label={t("builder.window")}
        value={leaf.for}
        onChange={(value) => onChange({ ...leaf, for: value })}
      />
    </Group>
  );
}

function SequenceEditor({ leaf, onChange }: LeafEditorProps<SequenceCondition>) {
  const { t } = useTranslation();
  const write = (index: number, did: string) =>
    onChange({ ...leaf, sequence: leaf.sequence.map((step, at) => (at === index ? { ...step, did } : step)) });
  return (
    <Group gap={6} wrap="wrap">
      {leaf.sequence.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the sequence is the identity
        <Group key={index} gap={6}>
          {index > 0 ? (
            <Text size="xs" c="dimmed">
              {t("builder.andThen")}
            </Text>
          ) : null}
          <EventPicker value={step.did} onChange={(did) => write(index, did)} />
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {t("builder.within")}
      </Text>
      <DurationInput
        label={t("builder.window")}
        value={leaf.within}
        onChange={(within) => onChange({ ...leaf, within })}
      />
    </Group>
  );
}

const STATES = ["granted", "denied", "unknown"] as const;

function ConsentEditor({ leaf, onChange }: LeafEditorProps<ConsentCondition>) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Group gap={6}>
      <Select
        size="xs"
        w={130}
        allowDeselect={false}
        aria-label={t("builder.channel")}
        data={["email", "sms", "whatsapp", "push", "phone", "mail"].map((value) => ({
          value,
          label: label("channel", value),
        }))}
        value={leaf.consent}
        onChange={(consent) => onChange({ ...leaf, consent: consent ?? leaf.consent })}
      />
      <Select
        size="xs"
        w={160}
        allowDeselect={false}
        aria-label={t("builder.state")}
        data={STATES.map((value) => ({ value, label: t(`sentence.state.${value}`) }))}
        value={leaf.state}
        onChange={(state) => onChange({ ...leaf, state: STATES.find((one) => one === state) ?? leaf.state })}
      />
    </Group>
  );
}

function NearEditor({ leaf, onChange }: LeafEditorProps<NearCondition>) {
  const { t } = useTranslation();
  const field = (key: "km" | "lat" | "lon", text: string) => (
    <NumberInput
      size="xs"
      w={92}
      hideControls
      aria-label={text}
      prefix={key === "km" ? "" : `${text} `}
      suffix={key === "km" ? " km" : ""}
      value={leaf.near[key]}
      onChange={(value) => onChange({ near: { ...leaf.near, [key]: Number(value) || 0 } })}
    />
  );
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {t("builder.nearWithin")}
      </Text>
      {field("km", "km")}
      <Text size="xs" c="dimmed">
        {t("builder.nearOf")}
      </Text>
      {field("lat", "lat")}
      {field("lon", "lon")}
    </Group>
  );
}
