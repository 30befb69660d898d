import { Group, Kbd } from "@mantine/core";

/** The keys of a command as they are pressed: "g p" as two, "mod+k" as one. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <Group gap={4} wrap="nowrap" component="span">
      {keys.split(" ").map((key) => (
        <Kbd key={key} size="xs">
          {key.replace("mod+", "⌘/Ctrl ").replace(/\b[a-z]$/, (letter) => letter.toUpperCase())}
        </Kbd>
      ))}
    </Group>
  );
}
