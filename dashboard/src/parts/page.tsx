import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface PageProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly before?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every screen: one heading, what can be done here, the content. */
export function Page({ title, subtitle, before, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Kilim`);
  return (
    <Stack gap="md" p={{ base: "md", sm: "lg" }} maw={1560} mx="auto">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 260px" miw={0}>
          {before}
          <Title order={1} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {subtitle ? (
            <Text component="div" c="dimmed" size="sm" mt={4}>
              {subtitle}
            </Text>
          ) : null}
        </Box>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {children}
    </Stack>
  );
}
