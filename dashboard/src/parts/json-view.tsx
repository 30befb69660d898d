import { Code } from "@mantine/core";

/** A value as it came over the wire. */
export function JsonView({ value }: { readonly value: unknown }) {
  return (
    <Code block className="kilim-pre">
      {JSON.stringify(value, null, 2)}
    </Code>
  );
}
