import { Box, Grid, Select, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ColumnRule, PreviewView, ValueType } from "../../../server/src/imports/contracts.ts";
import { pathOf } from "./draft.ts";
import { useWords } from "./words.ts";

const TYPES: readonly ValueType[] = ["text", "number", "boolean", "date", "list"];
const LEFT_OUT = "";

interface ColumnRowProps {
  readonly found: PreviewView["found"][number];
  readonly preview: PreviewView;
  readonly rule: ColumnRule | null;
  readonly onChange: (rule: ColumnRule | null) => void;
}

/** One column of the file: its name and first values, what it is, and how its values are read. */
export function ColumnRow({ found, preview, rule, onChange }: ColumnRowProps) {
  const { t } = useTranslation();
  const words = useWords();
  const colon = rule?.field.indexOf(":") ?? -1;
  const prefix = rule && colon > 0 ? rule.field.slice(0, colon) : null;
  const path = rule && colon > 0 ? rule.field.slice(colon + 1) : "";
  const data = [
    { value: LEFT_OUT, label: t("imports.leftOut") },
    { group: t("imports.own"), items: preview.prefixes.map((value) => ({ value, label: words("field", value) })) },
    { group: t("imports.known"), items: preview.fields.map((value) => ({ value, label: words("field", value) })) },
  ];
  const choose = (value: string | null) => {
    if (!value) return onChange(null);
    if (!preview.prefixes.includes(value)) return onChange({ column: found.name, field: value });
    const own = value === "consent" ? "email" : pathOf(found.name);
    const type = TYPES.find((one) => one === found.type && one !== "text");
    onChange({ column: found.name, field: `${value}:${own}`, ...(type && value !== "consent" ? { type } : {}) });
  };
  return (
    <Grid gap="xs" py="xs" align="center" style={{ borderTop: "1px solid var(--kilim-line)" }}>
      <Grid.Col span={{ base: 12, sm: 5 }}>
        <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
          {found.name}
        </Text>
        <Text size="xs" c="dimmed" truncate title={found.samples.join(" · ")}>
          {found.samples.length === 0 ? t("imports.noValues") : found.samples.join(" · ")}
        </Text>
      </Grid.Col>
      <Grid.Col span={{ base: 7, sm: prefix ? 2.5 : 5 }}>
        <Select
          aria-label={t("imports.fieldOf", { column: found.name })}
          size="xs"
          searchable
          allowDeselect={false}
          data={data}
          value={rule === null ? LEFT_OUT : (prefix ?? rule.field)}
          onChange={choose}
          {...(rule === null ? { styles: { input: { color: "var(--mantine-color-dimmed)" } } } : {})}
        />
      </Grid.Col>
      {prefix && rule ? (
        <Grid.Col span={{ base: 5, sm: 2.5 }}>
          <TextInput
            aria-label={t("imports.nameOf", { column: found.name })}
            size="xs"
            value={path}
            error={path === ""}
            onChange={(event) => onChange({ ...rule, field: `${prefix}:${event.currentTarget.value}` })}
          />
        </Grid.Col>
      ) : null}
      <Grid.Col span={{ base: prefix ? 7 : 5, sm: 2 }}>
        {prefix && prefix !== "consent" && rule ? (
          <Select
            aria-label={t("imports.typeOf", { column: found.name })}
            size="xs"
            allowDeselect={false}
            data={TYPES.map((value) => ({ value, label: t(`imports.type.${value}`) }))}
            value={rule.type ?? "text"}
            onChange={(value) => {
              const { type: _type, ...rest } = rule;
              const type = TYPES.find((one) => one === value && one !== "text");
              onChange({ ...rest, ...(type ? { type } : {}) });
            }}
          />
        ) : (
          <Box />
        )}
      </Grid.Col>
    </Grid>
  );
}
