import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { JsonSchema } from "../../../../server/src/plan/contracts.ts";

interface SchemaTextProps {
  readonly schema: JsonSchema;
  readonly onChange: (schema: JsonSchema) => void;
}

/** The schema as JSON. What is written applies as soon as it is JSON. */
export function SchemaText({ schema, onChange }: SchemaTextProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(schema, null, 2));
  return (
    <Textarea
      label={t("plan.json")}
      description={t("plan.jsonText")}
      autosize
      minRows={12}
      maxRows={30}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } }}
      value={text}
      error={parse(text) ? null : t("plan.notJson")}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const written = parse(event.currentTarget.value);
        if (written) onChange(written);
      }}
    />
  );
}

function parse(text: string): JsonSchema | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonSchema) : null;
  } catch {
    return null;
  }
}
