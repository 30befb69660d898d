import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CheckView } from "../../../server/src/messages/contracts.ts";

/** What was found, the gravest first. */
export function FindingList({ findings }: CheckView) {
  const { t, i18n } = useTranslation();
  // What the compiler says stays in its own words: they quote the text.
  const said = ({ code, message }: CheckView["findings"][number]) => {
    const key = `composer.finding.${code}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : message;
  };
  return (
    <Stack gap="xs">
      {findings.map((finding) => (
        <Group key={JSON.stringify(finding)} gap="xs" align="flex-start" wrap="nowrap">
          <Badge size="sm" variant="default" style={{ flexShrink: 0 }}>
            {t(`composer.${finding.severity}`)} · {finding.language}
          </Badge>
          <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
            <Text size="sm">{said(finding)}</Text>
            <Text size="xs" c="dimmed">
              {[finding.path, finding.value].filter(Boolean).join(" · ")}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
