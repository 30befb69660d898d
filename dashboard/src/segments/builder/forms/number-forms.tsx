import { Group, NumberInput, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DurationInput } from "../../duration-input.tsx";
import type { EdgeTest, NumberTest, Period } from "../../sentences/conditions.ts";
import { COUNT_OPS, EDGE_OPS, shapeOf, withOp } from "../ops.ts";
import { Choose, Form } from "./parts.tsx";
import { PeriodFields } from "./when-form.tsx";

interface NumberTestFormProps {
  readonly test: NumberTest;
  readonly onChange: (test: NumberTest) => void;
  readonly onDone: () => void;
  /** Times are whole and have a bound; sums are any number. */
  readonly isTimes: boolean;
}

/** "at least 3 times", "at least 500". */
export function NumberTestForm({ test, onChange, onDone, isTimes }: NumberTestFormProps) {
  const { t } = useTranslation();
  return (
    <Form onDone={onDone}>
      <Choose
        label={t("builder.operator")}
        value={test.op}
        options={COUNT_OPS.map((value) => ({ value, label: t(`op.count.${value}`) }))}
        onChange={(op) => onChange({ ...test, op })}
      />
      <Group gap={6} wrap="nowrap">
        <NumberInput
          data-autofocus
          size="sm"
          flex={1}
          {...(isTimes ? { min: 0, max: 10_000, allowDecimal: false } : {})}
          aria-label={t("builder.number")}
          value={test.value}
          onChange={(value) => onChange({ ...test, value: Number(value) || 0 })}
        />
        {isTimes ? <Text size="sm">{t("builder.times")}</Text> : null}
      </Group>
    </Form>
  );
}

interface EdgeFormProps {
  readonly test: EdgeTest;
  readonly onChange: (test: EdgeTest) => void;
  readonly onDone: () => void;
}

/** When the first or last time was: "more than 60 days ago", "before 1 March 2026", "last month". */
export function EdgeForm({ test, onChange, onDone }: EdgeFormProps) {
  const { t } = useTranslation();
  const shape = shapeOf(test.op);
  const text = typeof test.value === "string" ? test.value : "";
  return (
    <Form onDone={onDone}>
      <Choose
        label={t("builder.operator")}
        value={test.op}
        options={EDGE_OPS.map((value) => ({ value, label: t(`op.edge.${value}`) }))}
        onChange={(op) => onChange({ op, value: withOp(test, op).value as string | Period })}
      />
      {shape === "duration" ? (
        <DurationInput label={t("builder.window")} value={text} onChange={(value) => onChange({ ...test, value })} />
      ) : shape === "period" ? (
        <PeriodFields
          period={test.value as Period}
          onChange={(value) => onChange({ ...test, value })}
          onDone={onDone}
        />
      ) : (
        <TextInput
          type="date"
          size="sm"
          aria-label={t("builder.date")}
          value={text.slice(0, 10)}
          onChange={(event) => onChange({ ...test, value: event.currentTarget.value })}
        />
      )}
    </Form>
  );
}

interface DurationFormProps {
  readonly value: string;
  readonly onChange: (iso: string) => void;
  readonly onDone: () => void;
}

export function DurationForm({ value, onChange, onDone }: DurationFormProps) {
  const { t } = useTranslation();
  return (
    <Form onDone={onDone}>
      <DurationInput size="sm" label={t("builder.window")} value={value} onChange={onChange} />
    </Form>
  );
}

interface NumbersFormProps {
  readonly fields: readonly {
    readonly label: string;
    readonly value: number;
    readonly suffix?: string;
    readonly onChange: (value: number) => void;
  }[];
  readonly onDone: () => void;
}

/** Numbers that stand for themselves: a distance, a percentage, a point. */
export function NumbersForm({ fields, onDone }: NumbersFormProps) {
  return (
    <Form onDone={onDone}>
      {fields.map((field, index) => (
        <NumberInput
          key={field.label}
          {...(index === 0 ? { "data-autofocus": true } : {})}
          size="sm"
          label={field.label}
          suffix={field.suffix ?? ""}
          value={field.value}
          onChange={(value) => field.onChange(Number(value) || 0)}
        />
      ))}
    </Form>
  );
}

interface TextFormProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onDone: () => void;
}

export function TextForm({ label, value, onChange, onDone }: TextFormProps) {
  return (
    <Form onDone={onDone}>
      <TextInput
        data-autofocus
        size="sm"
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Form>
  );
}
