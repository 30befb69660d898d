import { Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface AsStoredProps {
  readonly title: string;
  readonly stored: unknown;
  /** Writes it as something new of its kind. */
  readonly onAnew: (() => void) | undefined;
  readonly onRemove?: () => void;
}

/** What a draft holds and no form can show: as it is stored, with a way to begin it anew. Undo brings it back. */
export function AsStored({ title, stored, onAnew, onRemove }: AsStoredProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {t("node.malformedText")}
      </Text>
      <Code block>{JSON.stringify(stored, null, 2)}</Code>
      <Group gap="xs">
        {onAnew ? (
          <Button variant="light" size="compact-sm" onClick={onAnew}>
            {t("node.beginAnew")}
          </Button>
        ) : null}
        {onRemove ? (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
            {t("action.remove")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
