import { Group, NumberInput, Select, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CHANNELS } from "../../../server/src/collect/contracts.ts";
import type { CountOp, DidCondition } from "../../../server/src/segments/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { DurationInput } from "./duration-input.tsx";
import { MEASURES, measureOf, withMeasure } from "./leaf-kinds.ts";
import { EventPicker } from "./pickers.tsx";
import { WhereEditor } from "./where-editor.tsx";

const COUNTS = ["gte", "gt", "lte", "lt", "eq"] as const satisfies readonly CountOp[];

interface DidEditorProps {
  readonly leaf: DidCondition;
  readonly onChange: (leaf: DidCondition) => void;
}

/** "did Order Completed at least 3 times in the last 30 days in a store where …". */
export function DidEditor({ leaf, onChange }: DidEditorProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const measure = measureOf(leaf);
  return (
    <Group gap={6} wrap="wrap">
      <Select
        size="xs"
        w={150}
        allowDeselect={false}
        aria-label={t("builder.measure")}
        data={MEASURES.map((value) => ({ value, label: t(`builder.measures.${value}`) }))}
        value={measure}
        onChange={(value) => onChange(withMeasure(leaf, MEASURES.find((one) => one === value) ?? "once"))}
      />
      <EventPicker value={leaf.did} onChange={(did) => onChange({ ...leaf, did })} />
      <MeasureFields leaf={leaf} onChange={onChange} />
      {leaf.first || leaf.last ? null : <WindowField leaf={leaf} onChange={onChange} />}
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t("builder.channel")}
        placeholder={t("builder.anyChannel")}
        data={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
        value={[leaf.channel].flat()[0] ?? null}
        onChange={(channel) => onChange({ ...leaf, channel: channel ?? undefined })}
      />
      <WhereEditor where={leaf.where} onChange={(where) => onChange({ ...leaf, where })} />
    </Group>
  );
}

function MeasureFields({ leaf, onChange }: DidEditorProps) {
  const { t } = useTranslation();
  const edge = leaf.last ? "last" : leaf.first ? "first" : null;
  if (edge) {
    const test = leaf[edge];
    return (
      <DurationInput
        label={t("builder.window")}
        value={test === undefined || test.op === "during" ? "P7D" : test.value}
        onChange={(value) =>
          onChange({
            ...leaf,
            [edge]: { op: test === undefined || test.op === "during" ? "within_last" : test.op, value },
          })
        }
      />
    );
  }
  const number = leaf.sum ?? (measureOf(leaf) === "count" ? leaf.count : undefined);
  if (!number) return null;
  const write = (change: { op?: CountOp; value?: number }) =>
    onChange(leaf.sum ? { ...leaf, sum: { ...leaf.sum, ...change } } : { ...leaf, count: { ...number, ...change } });
  return (
    <>
      {leaf.sum ? (
        <TextInput
          size="xs"
          w={110}
          aria-label={t("builder.property")}
          value={leaf.sum.property}
          error={leaf.sum.property === ""}
          onChange={(event) =>
            leaf.sum && onChange({ ...leaf, sum: { ...leaf.sum, property: event.currentTarget.value } })
          }
        />
      ) : null}
      <Select
        size="xs"
        w={120}
        allowDeselect={false}
        aria-label={t("builder.operator")}
        data={COUNTS.map((op) => ({ value: op, label: t(`op.count.${op}`) }))}
        value={number.op}
        onChange={(value) => write({ op: COUNTS.find((op) => op === value) ?? "gte" })}
      />
      <NumberInput
        size="xs"
        w={72}
        min={0}
        hideControls
        aria-label={t("builder.number")}
        value={number.value}
        onChange={(value) => write({ value: Number(value) || 0 })}
      />
      {leaf.sum ? null : (
        <Text size="xs" c="dimmed">
          {t("builder.times")}
        </Text>
      )}
    </>
  );
}

function WindowField({ leaf, onChange }: DidEditorProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        size="xs"
        w={120}
        allowDeselect={false}
        aria-label={t("builder.window")}
        data={[
          { value: "ever", label: t("builder.ever") },
          { value: "within", label: t("builder.inTheLast") },
        ]}
        value={leaf.within === undefined ? "ever" : "within"}
        onChange={(value) => onChange({ ...leaf, within: value === "ever" ? undefined : "P30D" })}
      />
      {leaf.within === undefined ? null : (
        <DurationInput
          label={t("builder.window")}
          value={leaf.within}
          onChange={(within) => onChange({ ...leaf, within })}
        />
      )}
    </>
  );
}
