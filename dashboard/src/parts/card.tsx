import { Group, Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface CardProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled block of a page. */
export function Card({ title, aside, children }: CardProps) {
  return (
    <Paper component="section" p="md" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Title order={2} size="h3">
            {title}
          </Title>
          {aside}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
