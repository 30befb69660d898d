import { Alert, Button, Grid, Group, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { PreviewView } from "../../../server/src/imports/contracts.ts";
import { Card } from "../parts/card.tsx";
import { ColumnRow } from "./column-row.tsx";
import { type Draft, withField } from "./draft.ts";
import { EarlierMapping } from "./earlier-mapping.tsx";
import { Examples } from "./examples.tsx";
import { OptionFields } from "./option-fields.tsx";
import { Reasons } from "./reasons.tsx";
import { KINDS, useWords } from "./words.ts";

interface MappingStepProps {
  readonly preview: PreviewView;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onNext: () => void;
}

/** Which column is what, with what the first rows become beside it. */
export function MappingStep({ preview, draft, onChange, onNext }: MappingStepProps) {
  const { t } = useTranslation();
  const isKindOf = (kind: string) => KINDS.find((one) => one === kind) ?? "people";
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <Paper p="md" component="section" aria-label={t("imports.what")}>
            <Group justify="space-between" gap="sm">
              <SegmentedControl
                aria-label={t("imports.what")}
                value={draft.kind}
                data={KINDS.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
                onChange={(kind) => onChange({ kind: isKindOf(kind), columns: [], options: draft.options })}
              />
              <EarlierMapping kind={draft.kind} onUse={(columns) => onChange({ ...draft, columns })} />
            </Group>
          </Paper>
          <Card title={t("imports.columns")}>
            <Text size="sm" c="dimmed">
              {t("imports.columnsText", { count: preview.found.length })}
            </Text>
            <Stack gap={0}>
              {preview.found.map((found) => (
                <ColumnRow
                  key={found.name}
                  found={found}
                  preview={preview}
                  rule={draft.columns.find(({ column }) => column === found.name) ?? null}
                  onChange={(rule) => onChange({ ...draft, columns: withField(draft.columns, found.name, rule) })}
                />
              ))}
            </Stack>
          </Card>
          <Card title={t("imports.options")}>
            <OptionFields draft={draft} preview={preview} onChange={(options) => onChange({ ...draft, options })} />
          </Card>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md" style={{ position: "sticky", top: 16 }}>
          <Missing preview={preview} />
          <Card title={t("imports.result")}>
            <Reasons tried={preview.tried} problems={preview.problems} />
            <Button onClick={onNext} disabled={preview.missing.length > 0 || draft.columns.length === 0}>
              {t("imports.toCheck")}
            </Button>
          </Card>
          <Examples examples={preview.examples} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Missing({ preview }: { readonly preview: PreviewView }) {
  const { t } = useTranslation();
  const words = useWords();
  if (preview.missing.length === 0) return null;
  return (
    <Alert color="orange" variant="light" title={t("imports.missing")}>
      <Stack gap={4}>
        {preview.missing.map(({ path, code, message }) => (
          <Text size="sm" key={`${path} ${code}`}>
            {words("need", code, message)}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
