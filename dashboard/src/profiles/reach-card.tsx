import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ReachView } from "../../../server/src/reach/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { Card } from "../parts/card.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { Status } from "../parts/status.tsx";
import { reachQuery } from "../sending/queries.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** By which channel and when this person is reached best, and from what that is known. */
export function ReachCard({ profileId }: { readonly profileId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const reach = useQuery(reachQuery(profileId));
  return (
    <Card title={t("sending.reach")}>
      <QueryView query={reach} height={72}>
        {(data) => (
          <Stack gap={8}>
            <Text size="sm" fw={600}>
              {data.best === null
                ? t("sending.reachNone")
                : t("sending.reachBest", { channel: label("channel", data.best) })}
            </Text>
            {data.channels.map((line) => (
              <Group key={line.channel} justify="space-between" wrap="nowrap" gap="xs">
                <Figures line={line} />
                {line.closed === null ? null : <Status value="draft">{t(`sending.closed.${line.closed}`)}</Status>}
              </Group>
            ))}
            {data.best === null ? null : (
              <Text size="xs" c="dimmed">
                {data.is_own
                  ? `${t("sending.reachOwn")} ${t("sending.reachHours")}: ${data.hours.slice(0, 3).map(hourName(t)).join(", ")} (${data.zone})`
                  : t("sending.reachOthers")}
              </Text>
            )}
          </Stack>
        )}
      </QueryView>
    </Card>
  );
}

function Figures({ line }: { readonly line: ReachView["channels"][number] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { channel, sent, read, bought, is_wished } = line;
  const told = t("sending.reachLine", { read, sent }) + (bought > 0 ? t("sending.reachBought", { count: bought }) : "");
  return (
    <Text size="sm">
      {label("channel", channel)}: {sent > 0 ? told : t("sending.reachFresh")}
      {is_wished ? ` · ${t("sending.wished")}` : ""}
    </Text>
  );
}

/** `Thu 19:00` */
function hourName(t: (key: `sending.${(typeof DAYS)[number]}`) => string) {
  return ({ hour }: { readonly hour: number }) =>
    `${t(`sending.${DAYS[Math.floor(hour / 24)] ?? "mon"}`)} ${String(hour % 24).padStart(2, "0")}:00`;
}
