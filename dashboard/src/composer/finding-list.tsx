import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CheckView } from "../../../server/src/messages/contracts.ts";
import { useMistake } from "../i18n/mistake.ts";

/** What was found, the gravest first. */
export function FindingList({ findings }: CheckView) {
  const { t } = useTranslation();
  const say = useMistake();
  return (
    <Stack gap="xs">
      {findings.map((finding) => (
        <Group key={JSON.stringify(finding)} gap="xs" align="flex-start" wrap="nowrap">
          <Badge size="sm" variant="default" style={{ flexShrink: 0 }}>
            {t(`composer.${finding.severity}`)} · {finding.language}
          </Badge>
          <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
            <Text size="sm">{say(finding)}</Text>
            <Text size="xs" c="dimmed">
              {[finding.path, finding.value].filter(Boolean).join(" · ")}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
