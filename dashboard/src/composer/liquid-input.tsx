import { Group, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useRef } from "react";

import { VariableMenu } from "./variable-menu.tsx";

interface LiquidInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly rows?: number;
  readonly code?: boolean;
  readonly required?: boolean;
}

/** A line or some lines of text in which variables may stand; they are put in where the cursor is. */
export function LiquidInput({
  label,
  value,
  onChange,
  description,
  error,
  rows = 1,
  code,
  required,
}: LiquidInputProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const put = (liquid: string) => {
    const at = field.current?.selectionStart ?? value.length;
    const end = field.current?.selectionEnd ?? at;
    onChange(value.slice(0, at) + liquid + value.slice(end));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + liquid.length, at + liquid.length);
    });
  };
  const shared = {
    label,
    value,
    flex: 1,
    miw: 0,
    ...(description ? { description } : {}),
    ...(error ? { error } : {}),
    ...(required ? { withAsterisk: true } : {}),
    ...(code ? { styles: { input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } } } : {}),
  };
  return (
    <Group align="flex-end" gap={6} wrap="nowrap">
      {rows === 1 ? (
        <TextInput ref={field} {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <Textarea
          ref={field}
          {...shared}
          autosize
          minRows={rows}
          maxRows={24}
          spellCheck={!code}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <VariableMenu onPick={put} />
    </Group>
  );
}
