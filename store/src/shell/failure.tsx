import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { codeOf, refusal } from "./refusal.ts";

interface FailureProps {
  readonly error: Error;
  readonly retry?: () => unknown;
}

export function Failure({ error, retry }: FailureProps) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" title={t("error.title")}>
      <Group justify="space-between">
        <Text>{refusal(t, codeOf(error))}</Text>
        {retry && (
          <Button variant="default" onClick={() => retry()}>
            {t("error.retry")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
