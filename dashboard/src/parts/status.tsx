import { Badge, type MantineColor } from "@mantine/core";
import type { ReactNode } from "react";

const COLORS: Record<string, MantineColor> = {
  live: "teal",
  sent: "teal",
  granted: "teal",
  completed: "teal",
  done: "teal",
  received: "teal",
  active: "teal",
  draft: "gray",
  queued: "gray",
  cancelled: "gray",
  archived: "gray",
  sending: "indigo",
  running: "indigo",
  scheduled: "indigo",
  gathering: "indigo",
  testing: "indigo",
  backfilling: "indigo",
  waiting: "indigo",
  announced: "indigo",
  paused: "orange",
  skipped: "orange",
  bounced: "kilim",
  failed: "kilim",
  denied: "kilim",
};

/** A status in words; the colour only repeats what the word says. */
export function Status({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    // Never cut to its first letter by a table that has little room.
    <Badge color={COLORS[value] ?? "gray"} variant="light" radius="sm" tt="none" fw={600} miw="max-content">
      {children}
    </Badge>
  );
}
