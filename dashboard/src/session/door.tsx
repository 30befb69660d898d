import { Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

import { Mark } from "../shell/mark.tsx";
import { LanguageSwitch, SchemeSwitch } from "../shell/preferences.tsx";

interface DoorProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** The frame of the two screens one meets before being signed in. */
export function Door({ title, text, children }: DoorProps) {
  useDocumentTitle(`${title} · Kilim`);
  return (
    <Box component="main" mih="100dvh" bg="var(--kilim-page)" p="md" pt="12dvh">
      <Stack maw={400} mx="auto" gap="lg">
        <Group gap="sm">
          <Mark size={32} />
          <Text fw={700} size="xl">
            Kilim
          </Text>
        </Group>
        <Paper p="lg">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              <Text c="dimmed" size="sm" mt={4}>
                {text}
              </Text>
            </div>
            {children}
          </Stack>
        </Paper>
        <Group gap={4} justify="center">
          <SchemeSwitch />
          <LanguageSwitch />
        </Group>
      </Stack>
    </Box>
  );
}
