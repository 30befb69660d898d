import { CloseButton, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Scalar, ValueType } from "../../../../../server/src/segments/contracts.ts";
import { DurationInput } from "../../duration-input.tsx";
import { propertiesQuery, type ValuesOf, valuesQuery } from "../../queries.ts";
import type { Period, Test } from "../../sentences/conditions.ts";
import { type Op, readTyped, shapeOf, withOp } from "../ops.ts";
import { type Choice, PickList } from "../pick-list.tsx";
import { Choose, Form } from "./parts.tsx";
import { PeriodFields } from "./when-form.tsx";

interface TestFormProps {
  readonly test: Test;
  readonly ops: readonly Op[];
  readonly of: ValuesOf;
  /** So many of them are kept as whole numbers: money is typed in major units and kept in minor ones. */
  readonly decimals?: number;
  readonly onChange: (test: Test) => void;
  readonly onDone: () => void;
}

/** How a value compares with what: the comparison, and under it what fits it. */
export function TestForm(props: TestFormProps) {
  const { t } = useTranslation();
  const { test, ops, onChange } = props;
  return (
    <Stack gap="xs">
      <Choose
        label={t("builder.operator")}
        value={ops.find((op) => op === test.op) ?? "is"}
        options={ops.map((value) => ({ value, label: t(`op.${value}`) }))}
        onChange={(op) => onChange(withOp(test, op))}
      />
      <ValueFields {...props} />
    </Stack>
  );
}

function ValueFields({ test, of, decimals = 0, onChange, onDone }: TestFormProps) {
  const { t } = useTranslation();
  const write = (value: Test["value"]) => onChange({ op: test.op, value });
  switch (shapeOf(test.op)) {
    case "none":
      return null;
    case "text":
      return (
        <ValuePicker
          of={of}
          chosen={String(test.value ?? "")}
          onPick={(value) => {
            write(value);
            onDone();
          }}
        />
      );
    case "list":
      return (
        <ValuesPicker
          of={of}
          values={Array.isArray(test.value) ? (test.value as readonly Scalar[]) : []}
          onChange={write}
        />
      );
    case "number":
      return (
        <Form onDone={onDone}>
          <NumberInput
            data-autofocus
            size="sm"
            aria-label={t("builder.value")}
            value={Number(test.value ?? 0) / 10 ** decimals}
            onChange={(value) =>
              write(decimals > 0 ? Math.round((Number(value) || 0) * 10 ** decimals) : Number(value) || 0)
            }
          />
        </Form>
      );
    case "duration":
      return (
        <Form onDone={onDone}>
          <DurationInput size="sm" label={t("builder.window")} value={String(test.value ?? "")} onChange={write} />
        </Form>
      );
    case "date":
      return (
        <Form onDone={onDone}>
          <TextInput
            data-autofocus
            size="sm"
            type="date"
            aria-label={t("builder.date")}
            value={String(test.value ?? "").slice(0, 10)}
            onChange={(event) => write(event.currentTarget.value)}
          />
        </Form>
      );
    case "period":
      return <PeriodFields period={test.value as Period} onChange={write} onDone={onDone} />;
  }
}

interface ValuePickerProps {
  readonly of: ValuesOf;
  readonly chosen?: string;
  readonly onPick: (value: Scalar) => void;
}

/** Values that were seen, the most frequent first; others may be typed. */
function ValuePicker({ of, chosen, onPick }: ValuePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed, 200);
  const first = useQuery(valuesQuery(of, ""));
  // Only a list that did not come whole is asked again with what is being typed.
  const more = useQuery({ ...valuesQuery(of, settled), enabled: settled !== "" && first.data?.next !== null });
  const type = useTypeOf(of);
  const items = [
    ...new Map([...(first.data?.items ?? []), ...(more.data?.items ?? [])].map((item) => [item.value, item])).values(),
  ];
  const choices: (Choice & { value: Scalar })[] = items.map(({ value, count }) => ({
    key: JSON.stringify(value),
    label: typeof value === "boolean" ? t(value ? "word.yes" : "word.no") : String(value),
    count,
    value,
  }));
  return (
    <PickList
      label={t("builder.value")}
      choices={choices}
      chosen={JSON.stringify(chosen)}
      onPick={({ value }) => onPick(value)}
      onTyped={(text) => onPick(readTyped(text, type))}
      onSearch={setTyped}
    />
  );
}

function useTypeOf(of: ValuesOf): ValueType | undefined {
  const properties = useQuery(propertiesQuery("event" in of ? of.event : ""));
  return "event" in of ? properties.data?.items.find(({ name }) => name === of.property)?.type : undefined;
}

interface ValuesPickerProps {
  readonly of: ValuesOf;
  readonly values: readonly Scalar[];
  readonly onChange: (values: readonly Scalar[]) => void;
}

function ValuesPicker({ of, values, onChange }: ValuesPickerProps) {
  const { t } = useTranslation();
  return (
    <>
      {values.map((value) => (
        <Group key={String(value)} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {String(value)}
          </Text>
          <CloseButton
            size="sm"
            aria-label={t("builder.removeOne", { name: String(value) })}
            onClick={() => onChange(values.filter((one) => one !== value))}
          />
        </Group>
      ))}
      <ValuePicker
        key={values.length}
        of={of}
        onPick={(value) => (values.includes(value) ? undefined : onChange([...values, value]))}
      />
    </>
  );
}
