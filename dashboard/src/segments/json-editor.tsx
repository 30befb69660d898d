import { Button, CopyButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Condition, type Group as SegmentGroup, toCondition, toGroup } from "./segment-tree.ts";

interface JsonEditorProps {
  readonly root: SegmentGroup;
  readonly onChange: (root: SegmentGroup) => void;
}

/** The definition as the api has it, to copy out and paste in. What is written applies as soon as it is JSON. */
export function JsonEditor({ root, onChange }: JsonEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(toCondition(root), null, 2));
  const parsed = parse(text);
  return (
    <Stack gap="xs">
      <Textarea
        autosize
        minRows={14}
        maxRows={32}
        spellCheck={false}
        aria-label={t("builder.json")}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } }}
        value={text}
        error={parsed ? null : t("builder.notJson")}
        onChange={(event) => {
          setText(event.currentTarget.value);
          const condition = parse(event.currentTarget.value);
          if (condition) onChange(toGroup(condition));
        }}
      />
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t("action.copied") : t("action.copy")}
            </Button>
          )}
        </CopyButton>
        <Text size="xs" c="dimmed">
          {t("builder.jsonHint")}
        </Text>
      </Group>
    </Stack>
  );
}

function parse(text: string): Condition | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Condition) : null;
  } catch {
    return null;
  }
}
