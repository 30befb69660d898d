import { Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";

interface SkipReasonsProps {
  readonly skipped: readonly { readonly reason: string; readonly messages: number }[];
}

/** Why people got nothing, the commonest first; nothing where everybody got it. */
export function SkipReasons({ skipped }: SkipReasonsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  if (skipped.length === 0) return null;
  return (
    <div>
      <Title order={3} mb="xs">
        {t("broadcasts.skippedWhy")}
      </Title>
      {skipped.map(({ reason, messages }) => (
        <Group key={reason} justify="space-between" maw={520} wrap="nowrap">
          <Text size="sm">{label("message_reason", reason)}</Text>
          <Text size="sm">{format.number(messages)}</Text>
        </Group>
      ))}
    </div>
  );
}
