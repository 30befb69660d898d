import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface FailureProps {
  readonly error: Error;
  readonly retry?: () => unknown;
}

export function Failure({ error, retry }: FailureProps) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" title={t("error.title")}>
      <Group justify="space-between">
        <Text>{error.message}</Text>
        {retry && (
          <Button variant="default" onClick={() => retry()}>
            {t("error.retry")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
