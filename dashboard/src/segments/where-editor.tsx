import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconFilterPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { PropertyTest } from "../../../server/src/segments/contracts.ts";
import type { Test } from "./sentences/conditions.ts";
import { TestEditor } from "./test-editor.tsx";

interface WhereEditorProps {
  readonly where: readonly PropertyTest[] | undefined;
  readonly onChange: (where: PropertyTest[] | undefined) => void;
}

/** "where revenue is at least 50 and category is Shoes". */
export function WhereEditor({ where = [], onChange }: WhereEditorProps) {
  const { t } = useTranslation();
  const write = (tests: PropertyTest[]) => onChange(tests.length === 0 ? undefined : tests);
  const replace = (index: number, property: string, test: Test) =>
    // The forms keep value and operator together; the api has the last word.
    write(where.map((old, at) => (at === index ? ({ property, ...test } as PropertyTest) : old)));
  return (
    <>
      {where.map((test, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a test has no other identity than its place
        <Group key={index} gap={6} wrap="wrap">
          <Text size="xs" c="dimmed">
            {t(index === 0 ? "builder.where" : "sentence.and")}
          </Text>
          <TextInput
            size="xs"
            w={120}
            aria-label={t("builder.property")}
            placeholder={t("builder.property")}
            value={test.property}
            error={test.property === ""}
            onChange={(event) => replace(index, event.currentTarget.value, test)}
          />
          <TestEditor test={test} onChange={(changed) => replace(index, test.property, changed)} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("builder.removeFilter")}
            onClick={() => write(where.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconFilterPlus size={14} aria-hidden />}
        onClick={() => write([...where, { property: "", op: "is", value: "" }])}
      >
        {t("builder.addFilter")}
      </Button>
    </>
  );
}
