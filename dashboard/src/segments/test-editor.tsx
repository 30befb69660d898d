import { NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { DurationInput } from "./duration-input.tsx";
import { OPS, type Op, readScalar, shapeOf, type Test, withOp } from "./value-test.ts";

interface TestEditorProps {
  readonly test: Test;
  readonly onChange: (test: Test) => void;
  /** Which operators make sense here; properties of events know no relative dates. */
  readonly ops?: readonly Op[];
}

/** "is Izmir", "at least 50", "within the last 30 days". */
export function TestEditor({ test, onChange, ops = OPS }: TestEditorProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        size="xs"
        w={140}
        allowDeselect={false}
        aria-label={t("builder.operator")}
        data={ops.map((op) => ({ value: op, label: t(`op.${op}`) }))}
        value={test.op}
        onChange={(value) => onChange(withOp(test, ops.find((op) => op === value) ?? "is"))}
      />
      <ValueField test={test} onChange={onChange} />
    </>
  );
}

function ValueField({ test, onChange }: TestEditorProps) {
  const { t } = useTranslation();
  const label = t("builder.value");
  const text = String(test.value ?? "");
  switch (shapeOf(test.op)) {
    case "none":
      return null;
    case "list":
      return (
        <TagsInput
          size="xs"
          miw={160}
          maw={320}
          aria-label={label}
          placeholder={t("builder.values")}
          value={Array.isArray(test.value) ? test.value.map(String) : []}
          onChange={(value) => onChange({ op: test.op, value: value.map(readScalar) })}
        />
      );
    case "number":
      return (
        <NumberInput
          size="xs"
          w={100}
          hideControls
          aria-label={label}
          value={Number(test.value ?? 0)}
          onChange={(value) => onChange({ op: test.op, value: Number(value) || 0 })}
        />
      );
    case "duration":
      return <DurationInput label={label} value={text} onChange={(value) => onChange({ op: test.op, value })} />;
    case "date":
      return (
        <TextInput
          size="xs"
          type="date"
          aria-label={label}
          value={text.slice(0, 10)}
          onChange={(event) => onChange({ op: test.op, value: event.currentTarget.value })}
        />
      );
    case "text":
      return (
        <TextInput
          size="xs"
          w={150}
          aria-label={label}
          placeholder={label}
          value={text}
          error={text === ""}
          onChange={(event) => onChange({ op: test.op, value: readScalar(event.currentTarget.value) })}
        />
      );
  }
}
