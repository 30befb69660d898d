import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { AuditsList } from "./audits-list.tsx";
import { StartAudit } from "./start-audit.tsx";

/** On a segment's page: whether everybody who is in belongs there, and everybody who belongs there is in. */
export function AuditTab({ segment }: { readonly segment: { readonly id: string } }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" maw={640}>
          {t("audits.text")}
        </Text>
        <StartAudit segmentId={segment.id} />
      </Group>
      <AuditsList segmentId={segment.id} />
    </Stack>
  );
}
