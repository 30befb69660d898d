import { Button, CopyButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Condition, type Group as SegmentGroup, toCondition, toGroup } from "../segment-tree.ts";
import { readCondition } from "../sentences/read-condition.ts";

interface JsonEditorProps {
  readonly root: SegmentGroup;
  readonly onChange: (root: SegmentGroup, key: string) => void;
}

/** The definition as the api has it, to copy out and paste in. What is written applies as soon as it is a condition. */
export function JsonEditor({ root, onChange }: JsonEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(toCondition(root), null, 2));
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
        error={parse(text) ? null : t("builder.notJson")}
        onChange={(event) => {
          setText(event.currentTarget.value);
          const condition = parse(event.currentTarget.value);
          if (condition) onChange(toGroup(condition), "json");
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
    return readCondition(JSON.parse(text));
  } catch {
    // Half-written JSON is what one has most of the time.
    return null;
  }
}
