import { Alert, Button, Group, Menu, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { CheckView, Written } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { FindingList } from "./finding-list.tsx";

interface FindingsCardProps {
  readonly templateId: string;
  readonly purpose: string;
  readonly contents: Readonly<Record<string, Written>>;
}

/** What would be wrong with the text if it were published now. */
export function FindingsCard({ templateId, purpose, contents }: FindingsCardProps) {
  const { t } = useTranslation();
  const check = useMutation({
    mutationFn: (ask_links: boolean) =>
      call<CheckView>("POST", `/v1/templates/${templateId}/check`, { purpose, contents, ask_links }),
  });
  const findings = check.data?.findings;
  return (
    <Stack gap="xs">
      <Group gap={0}>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate(false)}>
          {t("composer.check")}
        </Button>
        <Menu>
          <Menu.Target>
            <Button
              variant="subtle"
              color="gray"
              px="xs"
              aria-label={t("composer.checkLinks")}
              title={t("composer.checkLinks")}
            >
              …
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => check.mutate(true)}>{t("composer.checkLinks")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {check.isError ? <ErrorNotice error={check.error} /> : null}
      {findings?.length === 0 ? <Alert color="teal">{t("composer.clean")}</Alert> : null}
      {findings && findings.length > 0 ? (
        <Alert color="orange" title={t("composer.findings", { count: findings.length })}>
          <FindingList findings={findings} />
        </Alert>
      ) : null}
    </Stack>
  );
}
