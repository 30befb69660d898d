import { Text, Textarea } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

interface CodeAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** MJML and Liquid as text. Tab indents; Esc and then Tab leaves the field, so the keyboard is never caught. */
export function CodeArea({ label, value, onChange }: CodeAreaProps) {
  const { t } = useTranslation();
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const area = event.currentTarget;
    if (event.key === "Escape") area.dataset.leaving = "true";
    else if (event.key === "Tab" && !event.shiftKey && area.dataset.leaving !== "true") {
      event.preventDefault();
      area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
      onChange(area.value);
    } else delete area.dataset.leaving;
  };
  return (
    <div>
      <Textarea
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKey}
        autosize
        minRows={20}
        maxRows={36}
        spellCheck={false}
        styles={{
          input: {
            fontFamily: "var(--mantine-font-family-monospace)",
            fontSize: 12.5,
            whiteSpace: "pre",
            overflowX: "auto",
          },
        }}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t("composer.bodyHint")}
      </Text>
    </div>
  );
}
