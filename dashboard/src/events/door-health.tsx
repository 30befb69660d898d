import { Badge, Group, Paper, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { healthQuery } from "./queries.ts";
import { useReason } from "./reason.ts";

const SHOWN = 6;

/** How the last day went at the door: one line, and the most frequent refusals by key. */
export function DoorHealth() {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  const { data } = useQuery(healthQuery);
  if (!data || data.accepted + data.rejected === 0) return null;
  const worst = data.sources
    .flatMap((of) => of.codes.map(({ code, n }) => ({ code, n, key: of.source_name ?? (of.source || null) })))
    .sort((a, b) => b.n - a.n)
    .slice(0, SHOWN);
  return (
    <Paper p="sm">
      <Text size="sm">
        {t("events.health", { accepted: format.number(data.accepted), rejected: format.number(data.rejected) })}
      </Text>
      {worst.length > 0 ? (
        <Group gap={6} mt={6}>
          {worst.map(({ code, n, key }) => (
            <Badge
              key={`${key} ${code}`}
              variant="default"
              radius="sm"
              tt="none"
              fw={500}
              maw="100%"
              title={`${key ?? t("events.unknownKey")} · ${code}`}
            >
              {format.number(n)} × {reason({ code, reason: code }).title}
            </Badge>
          ))}
        </Group>
      ) : null}
    </Paper>
  );
}
