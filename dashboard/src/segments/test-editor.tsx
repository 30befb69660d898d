import { NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { PROPERTY_OPS, readTyped, shapeOf, withOp } from "./builder/ops.ts";
import type { Test } from "./sentences/conditions.ts";

interface TestEditorProps {
  readonly test: Test;
  readonly onChange: (test: Test) => void;
}

/** "is Izmir", "at least 50", "before 1 March": of a property, which knows no relative dates. */
export function TestEditor({ test, onChange }: TestEditorProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        size="xs"
        w={140}
        allowDeselect={false}
        aria-label={t("builder.operator")}
        data={PROPERTY_OPS.map((op) => ({ value: op, label: t(`op.${op}`) }))}
        value={test.op}
        onChange={(value) => onChange(withOp(test, value ?? "is"))}
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
          onChange={(value) => onChange({ op: test.op, value: value.map((one) => readTyped(one, "boolean")) })}
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
    default:
      return (
        <TextInput
          size="xs"
          w={150}
          aria-label={label}
          placeholder={label}
          value={text}
          error={text === ""}
          onChange={(event) => onChange({ op: test.op, value: readTyped(event.currentTarget.value, "boolean") })}
        />
      );
  }
}
