import { Alert, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Problem } from "../api/http.ts";
import { useMistake } from "../i18n/mistake.ts";

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What went wrong, its code, and a way on. */
export function ErrorNotice({ error, retry }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const say = useMistake();
  const problem = error instanceof Problem ? error : new Problem(0, "unexpected", String(error));
  const title =
    problem.code === "network"
      ? t("notice.offline")
      : problem.status === 404
        ? t("notice.missing")
        : t("notice.failed");
  return (
    <Alert color="kilim" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem.code === "network" ? t("notice.offlineHint") : problem.message}</Text>
        {problem.fields.map((field) => (
          <Text size="sm" key={`${field.path}:${field.message}`}>
            <Code>{field.path}</Code> {say(field)} {field.value ? <Code>{field.value}</Code> : null}
          </Text>
        ))}
        <Group gap="xs">
          <Code>{problem.status === 0 ? problem.code : `${problem.status} ${problem.code}`}</Code>
          {retry ? (
            <Button size="compact-sm" variant="default" onClick={retry}>
              {t("action.retry")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
}

interface EmptyNoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** Nothing here yet: one sentence that teaches, one thing to do. */
export function EmptyNotice({ title, children, action, icon }: EmptyNoticeProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      {icon}
      <Title order={2}>{title}</Title>
      {children ? (
        <Text component="div" c="dimmed" size="sm" maw={520}>
          {children}
        </Text>
      ) : null}
      {action}
    </Stack>
  );
}
