import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { JsonSchema } from "../../../../server/src/plan/contracts.ts";
import { type Field, KINDS, readFields, writeFields } from "./form-fields.ts";

interface FieldsFormProps {
  readonly schema: JsonSchema;
  readonly onChange: (schema: JsonSchema) => void;
}

/** The properties of an event, one a line: name, type, whether it must be there. */
export function FieldsForm({ schema, onChange }: FieldsFormProps) {
  const { t } = useTranslation();
  const fields = readFields(schema);
  const write = (next: readonly Field[]) => onChange(writeFields(schema, next));
  const change = (index: number, field: Field) => write(fields.map((one, i) => (i === index ? field : one)));
  const names = new Set(fields.map(({ name }) => name));
  const freeName = () => {
    for (let i = 1; ; i++) if (!names.has(`property_${i}`)) return `property_${i}`;
  };
  return (
    <Stack gap="xs" component="section" aria-label={t("plan.properties")}>
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("plan.noProperties")}
        </Text>
      ) : null}
      {fields.map((field, index) => (
        // The order of a schema's properties is its own; renaming must not lose the cursor.
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
        <Group key={index} gap="xs" wrap="wrap" align="center" role="group" aria-label={field.name}>
          <TextInput
            flex="1 1 150px"
            aria-label={t("plan.property")}
            value={field.name}
            onChange={(event) => {
              const name = event.currentTarget.value.slice(0, 100);
              if (name === field.name || !names.has(name)) change(index, { ...field, name });
            }}
          />
          <Select
            w={190}
            aria-label={t("plan.kind")}
            allowDeselect={false}
            value={field.kind}
            data={[...KINDS, ...(field.kind === "custom" ? (["custom"] as const) : [])].map((kind) => ({
              value: kind,
              label: t(`plan.kinds.${kind}`),
            }))}
            onChange={(value) => {
              const kind = KINDS.find((one) => one === value);
              if (kind) change(index, { ...field, kind });
            }}
          />
          <Checkbox
            label={t("plan.required")}
            checked={field.isRequired}
            onChange={(event) => change(index, { ...field, isRequired: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t("action.remove")}: ${field.name}`}
            onClick={() => write(fields.filter((_, i) => i !== index))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => write([...fields, { name: freeName(), kind: "text", isRequired: false, schema: {} }])}
        >
          {t("plan.addProperty")}
        </Button>
      </Group>
    </Stack>
  );
}
