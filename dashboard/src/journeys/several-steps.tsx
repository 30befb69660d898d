import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface SeveralStepsProps {
  readonly count: number;
  readonly onCopy: () => void;
  readonly onCut: () => void;
  readonly onRemove: () => void;
}

/** What can be done with several steps at once. */
export function SeveralSteps({ count, onCopy, onCut, onRemove }: SeveralStepsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {t("canvas.steps", { count })}
      </Title>
      <Text size="sm" c="dimmed">
        {t("canvas.stepsText")}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="compact-sm" onClick={onCopy}>
          {t("action.copy")}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onCut}>
          {t("canvas.cut")}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onRemove}>
          {t("action.remove")}
        </Button>
      </Group>
    </Stack>
  );
}
