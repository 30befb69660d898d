import { NativeSelect, Stack } from "@mantine/core";
import type { ReactNode } from "react";

interface FormProps {
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Fields under a place; Enter says that it is done. */
export function Form({ onDone, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      <Stack gap="xs">{children}</Stack>
      <button type="submit" hidden tabIndex={-1} />
    </form>
  );
}

interface ChooseProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few words. */
export function Choose<T extends string>({ label, value, options, onChange }: ChooseProps<T>) {
  return (
    <NativeSelect
      size="sm"
      aria-label={label}
      data={options as { value: T; label: string }[]}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
