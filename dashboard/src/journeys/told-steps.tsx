import { List, Text } from "@mantine/core";

import type { Note } from "../../../server/src/journeys/contracts.ts";
import type { Json } from "../profiles/wire.ts";
import { useDescribeNote } from "./describe-note.ts";

/** What `Journey Entered`, `Journey Moved` and `Journey Exited` tell of the way, in words. */
export function ToldSteps({ properties }: { readonly properties: Readonly<Record<string, Json>> }) {
  const describe = useDescribeNote();
  const notes = notesIn(properties);
  if (notes.length === 0) return null;
  return (
    <List size="xs" mb={4}>
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their order
        <List.Item key={index}>
          <Text size="xs" style={{ overflowWrap: "anywhere" }}>
            {describe(note)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}

function notesIn({ came, steps }: Readonly<Record<string, Json>>): Note[] {
  const entered = isObject(came) ? [{ code: "entered", came } as unknown as Note] : [];
  const told = Array.isArray(steps) ? steps.flatMap((step) => (isObject(step) ? noteOf(step.note) : [])) : [];
  return [...entered, ...told];
}

/** Older events tell sentences. */
function noteOf(note: Json | undefined): Note[] {
  if (typeof note === "string") return [{ code: "text", text: note }];
  return isObject(note) && typeof note.code === "string" ? [note as unknown as Note] : [];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
